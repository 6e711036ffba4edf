import { useEffect, useRef, useState } from "react";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { Select } from "../../parts/Select.tsx";
import type { BenchmarkHistory } from "../../stores/benchmark.ts";
import { useBenchmark } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ComparisonView } from "./ComparisonView.tsx";
import { ExportMenu } from "./ExportMenu.tsx";
import { HistoryTable } from "./HistoryTable.tsx";
import { OverTime } from "./OverTime.tsx";
import { RemoveResults } from "./RemoveResults.tsx";

export interface HistorySectionProps {
  history: BenchmarkHistory;
  /** The result whose figures are shown above. */
  shown: BenchmarkResult | undefined;
  onShow: (resultId: string) => void;
}

const all = "all";

/** The results by model and machine, which can be shown, compared, exported and removed. */
export function HistorySection({ history, shown, onShow }: HistorySectionProps) {
  const { machineId, results, changes } = history;
  const say = useSay("benchmark");
  const endComparison = useBenchmark((state) => state.endComparison);
  const [chosenModel, setModel] = useState(all);
  const [chosenMachine, setMachine] = useState(machineId);
  /** The ids of the selected results; null: no results are being selected. */
  const [selected, setSelected] = useState<ReadonlySet<string> | null>(null);
  const section = useRef<HTMLElement>(null);
  const focusRow = (): void => section.current?.querySelector<HTMLElement>("[data-row-control][tabindex='0']")?.focus();
  const isSelecting = selected !== null;
  const wasSelecting = useRef(isSelecting);
  useEffect(() => {
    // The button that was pressed is gone.
    if (wasSelecting.current !== isSelecting) focusRow();
    wasSelecting.current = isSelecting;
  }, [isSelecting]);
  const models = modelsIn(results);
  // The last result of the chosen one may have been removed.
  const model = models.some(({ id }) => id === chosenModel) ? chosenModel : all;
  const hasOthers = results.some(({ conditions }) => conditions.machine.id !== machineId);
  const machine = hasOthers ? chosenMachine : machineId;
  const listed = results.filter(
    ({ conditions }) =>
      (model === all || conditions.model.id === model) && (machine === all || conditions.machine.id === machine),
  );
  const toggle = (id: string): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const endSelecting = (): void => {
    setSelected(null);
    endComparison();
  };
  return (
    <section ref={section} className="bench-history" aria-label={say("history.label")}>
      <SectionHead title={say("history.label")} note={say("history.note")}>
        <div className="history-controls">
          {models.length > 1 && (
            <Select
              className="history-filter"
              aria-label={say("history.model")}
              value={model}
              onChange={({ target }) => setModel(target.value)}
            >
              <option value={all}>{say("history.allModels")}</option>
              {models.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          {hasOthers && (
            <Select
              className="history-filter"
              aria-label={say("history.machine")}
              value={machine}
              onChange={({ target }) => setMachine(target.value)}
            >
              <option value={machineId}>{say("history.thisMachine")}</option>
              <option value={all}>{say("history.allMachines")}</option>
            </Select>
          )}
          {selected === null && results.length > 1 && (
            <button type="button" className="text-button" onClick={() => setSelected(new Set())}>
              {say("history.compareMode")}
            </button>
          )}
        </div>
      </SectionHead>
      {selected !== null && (
        <Selection picked={listed.filter(({ id }) => selected.has(id))} onRemoved={focusRow} onDone={endSelecting} />
      )}
      <Compared results={results} />
      {listed.length === 0 ? (
        <p className="page-note">{say("history.none")}</p>
      ) : (
        <HistoryTable
          results={listed}
          changes={changes}
          machineId={machineId}
          shownId={shown?.id ?? null}
          selected={selected}
          onShow={onShow}
          onToggle={toggle}
        />
      )}
      {shown !== undefined && (
        <OverTime
          results={results.filter(
            ({ conditions }) =>
              conditions.model.id === shown.conditions.model.id &&
              conditions.machine.id === shown.conditions.machine.id,
          )}
        />
      )}
    </section>
  );
}

function modelsIn(results: readonly BenchmarkResult[]): { id: string; name: string }[] {
  return [...new Map(results.map(({ conditions: { model } }) => [model.id, model])).values()];
}

interface SelectionProps {
  picked: readonly BenchmarkResult[];
  onRemoved: () => void;
  onDone: () => void;
}

function Selection({ picked, onRemoved, onDone }: SelectionProps) {
  const say = useSay("benchmark");
  const compare = useBenchmark((state) => state.compare);
  const remove = useBenchmark((state) => state.remove);
  const [asksToRemove, setAsksToRemove] = useState(false);
  // The older one comes first, because the newer one is compared with it.
  const oldestFirst = picked.toReversed();
  const ids = oldestFirst.map(({ id }) => id);
  return (
    <div className="bench-selection">
      <span className="quiet small">
        {ids.length === 0 ? say("history.selectHint") : say("history.selected", { count: ids.length })}
      </span>
      <span className="grow" />
      {ids.length > 0 && <ExportMenu results={oldestFirst} onRemove={() => setAsksToRemove(true)} />}
      <button type="button" className="button" disabled={ids.length < 2} onClick={() => void compare(ids)}>
        {say("history.compare")}
      </button>
      <button type="button" className="button ghost" onClick={onDone}>
        {say("history.doneSelecting")}
      </button>
      {asksToRemove && (
        <RemoveResults resultIds={ids} remove={remove} onRemoved={onRemoved} onClose={() => setAsksToRemove(false)} />
      )}
    </div>
  );
}

function Compared({ results }: { results: readonly BenchmarkResult[] }) {
  const say = useSay("benchmark");
  const comparison = useBenchmark((state) => state.comparison);
  const endComparison = useBenchmark((state) => state.endComparison);
  if (comparison === null) return null;
  if (comparison.state === "loading") return <p className="page-note">{say("comparison.loading")}</p>;
  if (comparison.state === "failed") return <ProblemNotice problem={comparison.problem} />;
  return <ComparisonView comparison={comparison.value} results={results} onClose={endComparison} />;
}
