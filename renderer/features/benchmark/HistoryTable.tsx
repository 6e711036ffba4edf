import { useState } from "react";
import type { BenchmarkResult, BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { useTexts } from "../../texts.ts";
import { mainSpeeds } from "./mainSpeeds.ts";

export interface HistoryTableProps {
  /** Newest first. */
  results: readonly BenchmarkResult[];
  machineId: string;
  withModel: boolean;
  /** The result whose figures are shown above. */
  shownId: string | null;
  selected: ReadonlySet<string>;
  onShow: (resultId: string) => void;
  onToggle: (resultId: string) => void;
}

const firstRows = 12;

/** One row per result; only the newest few until the user asks for more. */
export function HistoryTable({ results, withModel, ...props }: HistoryTableProps) {
  const { say } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const rows = showsAll ? results : results.slice(0, firstRows);
  return (
    <div className="table-scroll">
      <table className="facts-table bench-table">
        <caption className="visually-hidden">{say("benchmark:history.caption")}</caption>
        <thead>
          <tr>
            <th scope="col" className="is-choice">
              <span className="visually-hidden">{say("benchmark:history.select")}</span>
            </th>
            <th scope="col">{say("benchmark:history.measured")}</th>
            {withModel && <th scope="col">{say("benchmark:history.model")}</th>}
            <th scope="col">{say("benchmark:history.conditions")}</th>
            <th scope="col" className="is-figure">
              {say("benchmark:history.reading")}
            </th>
            <th scope="col" className="is-figure">
              {say("benchmark:history.writing")}
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
          {say("benchmark:history.showAll", { count: results.length })}
        </button>
      )}
    </div>
  );
}

type HistoryRowProps = Omit<HistoryTableProps, "results"> & { result: BenchmarkResult };

function HistoryRow({ result, machineId, withModel, shownId, selected, onShow, onToggle }: HistoryRowProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const { id, plan, startedAt, noise, ending, conditions } = result;
  const { engine, settings, model, machine } = conditions;
  const { reading, writing } = mainSpeeds(result);
  const when = figures.dayAndTime(startedAt);
  return (
    <tr
      aria-label={say("benchmark:history.row", { name: model.name, when })}
      aria-current={id === shownId ? "true" : undefined}
    >
      <td className="is-choice">
        <input
          type="checkbox"
          aria-label={say("benchmark:history.selectOne", { name: model.name, when })}
          checked={selected.has(id)}
          onChange={() => onToggle(id)}
        />
      </td>
      <td>
        <button type="button" className="link-button" title={say("benchmark:history.show")} onClick={() => onShow(id)}>
          {when}
        </button>
        <p className="row-tags">
          <span className="hint">{say(`benchmark:plans.${plan}`)}</span>
          {noise.noisy && (
            <span
              className="tag is-noisy"
              title={joinSentences(
                texts,
                noise.reasons.map((reason) => noiseText(texts, reason)),
              )}
            >
              {say("benchmark:noisy")}
            </span>
          )}
          {ending !== "complete" && <span className="tag">{say(`benchmark:result.endings.${ending}`)}</span>}
          {machine.id !== machineId && <span className="tag">{say("benchmark:history.otherMachine")}</span>}
        </p>
      </td>
      {withModel && (
        <td>
          <bdi>{model.name}</bdi>
        </td>
      )}
      <td>
        {figures.joined([backendNames[engine.backend], say("benchmark:threads", { count: settings.threads })])}
        <p className="hint">llama.cpp {engine.llamaRelease}</p>
      </td>
      <SpeedCell test={reading} />
      <SpeedCell test={writing} />
    </tr>
  );
}

function SpeedCell({ test }: { test: BenchmarkTestResult | undefined }) {
  const texts = useTexts();
  if (test === undefined) return <td className="is-figure">–</td>;
  return (
    <td className="is-figure">
      {texts.figures.speedFigure(test.tokensPerSecond.median)}
      <p className="hint">{testText(texts, test)}</p>
    </td>
  );
}
