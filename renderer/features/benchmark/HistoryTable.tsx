import { Fragment, type ReactNode } from "react";
import type { BenchmarkResult, BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";
import type { ComparedCondition, HistoryChange, SpeedChange } from "../../../electron/contract/benchmarkComparison.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { ChangeText } from "../../parts/ChangeText.tsx";
import { useTexts } from "../../texts.ts";
import { HistoryFrame } from "./HistoryFrame.tsx";
import { mainSpeeds } from "./mainSpeeds.ts";
import { moveRowFocus } from "./moveRowFocus.ts";
import { ShowRowButton } from "./ShowRowButton.tsx";
import { useHistoryRows } from "./useHistoryRows.ts";

export interface HistoryTableProps {
  /** Newest first. */
  results: readonly BenchmarkResult[];
  changes: readonly HistoryChange[];
  machineId: string;
  /** The result whose figures are shown above. */
  shownId: string | null;
  /** The ids of the selected results; null: rows show their result instead of being selected. */
  selected: ReadonlySet<string> | null;
  onShow: (resultId: string) => void;
  onToggle: (resultId: string) => void;
}

/** One row per result; only the newest few until the user asks for more. Arrow keys move between the rows. */
export function HistoryTable({ results, changes, ...props }: HistoryTableProps) {
  const { say } = useTexts();
  const { rows, stopId, focus, showAll } = useHistoryRows(results, props.shownId);
  const byResult = new Map(changes.map((change) => [change.resultId, change]));
  return (
    <HistoryFrame
      caption={say("benchmark:history.caption")}
      second={say("benchmark:history.reading")}
      count={results.length}
      showAll={showAll}
    >
      {rows.map((result) => (
        <HistoryRow
          key={result.id}
          result={result}
          change={byResult.get(result.id)}
          isStop={result.id === stopId}
          onFocus={() => focus(result.id)}
          {...props}
        />
      ))}
    </HistoryFrame>
  );
}

interface HistoryRowProps extends Omit<HistoryTableProps, "results" | "changes"> {
  result: BenchmarkResult;
  change: HistoryChange | undefined;
  /** Whether the Tab key reaches this row. */
  isStop: boolean;
  onFocus: () => void;
}

function HistoryRow(props: HistoryRowProps) {
  const { result, change, machineId, shownId, selected, isStop, onShow, onToggle, onFocus } = props;
  const texts = useTexts();
  const { say, figures } = texts;
  const { id, startedAt, conditions } = result;
  const { reading, writing } = mainSpeeds(result);
  const when = figures.dayAndTime(startedAt);
  const short = <span className="history-when">{figures.moment(startedAt)}</span>;
  const act = (): void => (selected === null ? onShow(id) : onToggle(id));
  return (
    // A click on the control in the first cell arrives here as well.
    <tr
      aria-label={say("benchmark:history.row", { name: conditions.model.name, when })}
      aria-current={id === shownId ? "true" : undefined}
      onClick={act}
    >
      <td className="quiet">
        {selected === null ? (
          <ShowRowButton isStop={isStop} onFocus={onFocus}>
            {short}
          </ShowRowButton>
        ) : (
          <span className="row-choice">
            <input
              type="checkbox"
              data-row-control
              tabIndex={isStop ? 0 : -1}
              aria-label={say("benchmark:history.selectOne", { name: conditions.model.name, when })}
              checked={selected.has(id)}
              readOnly
              onFocus={onFocus}
              onKeyDown={moveRowFocus}
            />
            {short}
          </span>
        )}
      </td>
      <td>
        <bdi className="history-model clip" title={conditions.model.name}>
          {conditions.model.name}
        </bdi>
      </td>
      <SpeedCells test={writing} change={change?.writing} />
      <SpeedCells test={reading} change={change?.reading} />
      <td className="quiet is-words history-conditions">
        {rowFacts(texts, result, machineId, change?.differing ?? []).map((fact, index, all) => (
          // The order of the facts never changes.
          <Fragment key={index}>
            {index > 0 && " "}
            <span className="fact">
              <span>{fact}</span>
              {index < all.length - 1 && "\u00a0·"}
            </span>
          </Fragment>
        ))}
      </td>
    </tr>
  );
}

function SpeedCells({
  test,
  change,
}: {
  test: BenchmarkTestResult | undefined;
  change: SpeedChange | null | undefined;
}) {
  const { say, figures } = useTexts();
  return (
    <>
      <td className="is-figure">{test === undefined ? "–" : figures.speedFigure(test.tokensPerSecond.median)}</td>
      <td className="is-figure">
        <ChangeText change={change ?? null} unknown={say("benchmark:history.noChange")} />
      </td>
    </>
  );
}

const severalThings: readonly ComparedCondition[] = ["threads", "usableCores", "graphics", "gpuLayers"];

function rowFacts(
  texts: Texts,
  { plan, noise, ending, conditions, solve }: BenchmarkResult,
  machineId: string,
  differing: readonly ComparedCondition[],
): ReactNode[] {
  const { say, figures } = texts;
  const { engine, settings, power, thermal, machine } = conditions;
  const tight = (words: string, title?: string): ReactNode => (
    <span className="tight" title={title}>
      {words}
    </span>
  );
  const noisyBecause = joinSentences(
    texts,
    noise.reasons.map((reason) => noiseText(texts, reason)),
  );
  return [
    power.source === "battery" && tight(say("benchmark:history.onBattery")),
    thermal.throttled === true && tight(say("benchmark:facts.throttled")),
    solve !== undefined && say("benchmark:history.solved", { right: solve.right, asked: solve.asked }),
    noise.noisy && tight(say("benchmark:noisy"), noisyBecause),
    ending !== "complete" && say(`benchmark:result.endings.${ending}`),
    machine.id !== machineId && say("benchmark:history.otherMachine"),
    differing.length > 0 &&
      say("benchmark:history.incomparable", {
        conditions: figures.list(differing.map((condition) => say(`benchmark:condition.${condition}`))),
        count: differing.length > 1 || differing.some((condition) => severalThings.includes(condition)) ? 2 : 1,
      }),
    say("benchmark:threads", { count: settings.threads }),
    engine.backend !== "cpu" && backendNames[engine.backend],
    plan !== "standard" && say(`benchmark:plans.${plan}`),
  ].filter((fact) => fact !== false);
}
