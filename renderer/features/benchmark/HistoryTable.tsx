import { useState } from "react";
import type { BenchmarkResult, BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../parts/backendNames.ts";
import { dayAndTime, speedFigure } from "../../parts/figures.ts";
import { mainSpeeds } from "./mainSpeeds.ts";
import { planNames } from "./planNames.ts";
import { testText } from "./testMeaning.ts";

export interface HistoryTableProps {
  /** Newest first. */
  results: readonly BenchmarkResult[];
  machineId: string;
  withModel: boolean;
  /** The one whose figures are shown above. */
  shownId: string | null;
  selected: ReadonlySet<string>;
  onShow: (resultId: string) => void;
  onToggle: (resultId: string) => void;
}

const firstRows = 12;

/** A line for each result; the newest few until more are asked for. */
export function HistoryTable({ results, withModel, ...props }: HistoryTableProps) {
  const [showsAll, setShowsAll] = useState(false);
  const rows = showsAll ? results : results.slice(0, firstRows);
  return (
    <div className="table-scroll">
      <table className="facts-table bench-table">
        <caption className="visually-hidden">Results, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="is-choice">
              <span className="visually-hidden">Select</span>
            </th>
            <th scope="col">Measured</th>
            {withModel && <th scope="col">Model</th>}
            <th scope="col">Conditions</th>
            <th scope="col" className="is-figure">
              Reading, tok/s
            </th>
            <th scope="col" className="is-figure">
              Writing, tok/s
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((result) => (
            <HistoryRow key={result.id} result={result} withModel={withModel} {...props} />
          ))}
        </tbody>
      </table>
      {rows.length < results.length && (
        <button type="button" className="quiet-button" onClick={() => setShowsAll(true)}>
          Show all {results.length} results
        </button>
      )}
    </div>
  );
}

type HistoryRowProps = Omit<HistoryTableProps, "results"> & { result: BenchmarkResult };

function HistoryRow({ result, machineId, withModel, shownId, selected, onShow, onToggle }: HistoryRowProps) {
  const { id, plan, startedAt, noise, ending, conditions } = result;
  const { engine, settings, model, machine } = conditions;
  const { reading, writing } = mainSpeeds(result);
  const when = dayAndTime(startedAt);
  return (
    <tr aria-label={`${model.name}, ${when}`} aria-current={id === shownId ? "true" : undefined}>
      <td className="is-choice">
        <input
          type="checkbox"
          aria-label={`Select ${model.name}, ${when}`}
          checked={selected.has(id)}
          onChange={() => onToggle(id)}
        />
      </td>
      <td>
        <button type="button" className="link-button" title="Show this result" onClick={() => onShow(id)}>
          {when}
        </button>
        <p className="row-tags">
          <span className="hint">{planNames[plan]}</span>
          {noise.noisy && (
            <span className="tag is-noisy" title={noise.reasons.map(({ message }) => message).join(" ")}>
              noisy
            </span>
          )}
          {ending !== "complete" && <span className="tag">{ending === "stopped" ? "stopped" : "broke off"}</span>}
          {machine.id !== machineId && <span className="tag">another machine</span>}
        </p>
      </td>
      {withModel && (
        <td>
          <bdi>{model.name}</bdi>
        </td>
      )}
      <td>
        {backendNames[engine.backend]}, {settings.threads} {settings.threads === 1 ? "thread" : "threads"}
        <p className="hint">llama.cpp {engine.llamaRelease}</p>
      </td>
      <SpeedCell test={reading} />
      <SpeedCell test={writing} />
    </tr>
  );
}

function SpeedCell({ test }: { test: BenchmarkTestResult | undefined }) {
  if (test === undefined) return <td className="is-figure">–</td>;
  return (
    <td className="is-figure">
      {speedFigure(test.tokensPerSecond.median)}
      <p className="hint">{testText(test)}</p>
    </td>
  );
}
