import { useState } from "react";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import type { BenchmarkHistory } from "../../stores/benchmark.ts";
import { useBenchmark } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ComparisonView } from "./ComparisonView.tsx";
import { ExportMenu } from "./ExportMenu.tsx";
import { HistoryTable } from "./HistoryTable.tsx";
import { OverTime } from "./OverTime.tsx";

export interface HistorySectionProps {
  history: BenchmarkHistory;
  /** The model chosen above. Its results are shown until another model is chosen here. */
  modelId: string;
  shownId: string | null;
  onShow: (resultId: string) => void;
}

const all = "all";

/** The results by model and machine, which can be shown, compared, exported and removed. */
export function HistorySection({ history: { machineId, results }, modelId, shownId, onShow }: HistorySectionProps) {
  const say = useSay("benchmark");
  const [chosenModel, setChosenModel] = useState<string | null>(null);
  const [machine, setMachine] = useState<string>(machineId);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const models = modelsIn(results);
  const model = chosenModel ?? (models.some(({ id }) => id === modelId) ? modelId : all);
  const machines = [...new Set(results.map(({ conditions }) => conditions.machine.id))];
  const hasOthers = machines.some((id) => id !== machineId);
  const listed = results.filter(
    ({ conditions }) =>
      (model === all || conditions.model.id === model) && (machine === all || conditions.machine.id === machine),
  );
  const picked = listed.filter(({ id }) => selected.has(id));

  const toggle = (id: string): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  return (
    <section className="bench-history" aria-label={say("history.label")}>
      <header className="bench-heading">
        <h3>{say("history.label")}</h3>
        <label className="choice">
          {say("history.model")}
          <select value={model} onChange={({ target }) => setChosenModel(target.value)}>
            {models.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value={all}>{say("history.allModels")}</option>
          </select>
        </label>
        {hasOthers && (
          <label className="choice">
            {say("history.machine")}
            <select value={machine} onChange={({ target }) => setMachine(target.value)}>
              <option value={machineId}>{say("history.thisMachine")}</option>
              <option value={all}>{say("history.allMachines")}</option>
            </select>
          </label>
        )}
      </header>
      {listed.length === 0 ? (
        <p className="page-note">{say("history.none")}</p>
      ) : (
        <HistoryTable
          results={listed}
          machineId={machineId}
          withModel={model === all}
          shownId={shownId}
          selected={selected}
          onShow={onShow}
          onToggle={toggle}
        />
      )}
      <Selection picked={picked} onRemoved={() => setSelected(new Set())} />
      <Compared results={results} />
      {model !== all && <OverTime results={listed.filter((result) => result.conditions.machine.id === machineId)} />}
    </section>
  );
}

function modelsIn(results: readonly BenchmarkResult[]): { id: string; name: string }[] {
  return [...new Map(results.map(({ conditions: { model } }) => [model.id, model])).values()];
}

function Selection({ picked, onRemoved }: { picked: readonly BenchmarkResult[]; onRemoved: () => void }) {
  const say = useSay("benchmark");
  const compare = useBenchmark((state) => state.compare);
  const remove = useBenchmark((state) => state.remove);
  const [asks, setAsks] = useState(false);
  // The older one comes first, because the newer one is compared with it.
  const ids = picked.toReversed().map(({ id }) => id);
  if (ids.length === 0) return <p className="hint">{say("history.selectHint")}</p>;
  return (
    <div className="bench-selection">
      <span>{say("history.selected", { count: ids.length })}</span>
      <button type="button" className="button" disabled={ids.length < 2} onClick={() => void compare(ids)}>
        {say("history.compare")}
      </button>
      <ExportMenu results={picked.toReversed()} />
      <button type="button" className="button" onClick={() => setAsks(true)}>
        {say("history.remove")}
      </button>
      {asks && (
        <Confirm
          title={say("history.removeTitle", { count: ids.length })}
          action={say("history.removeAction")}
          onConfirm={() => void remove(ids).then(onRemoved)}
          onClose={() => setAsks(false)}
        >
          {say("history.removeDetail")}
        </Confirm>
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
