import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { BenchmarkResult, BenchmarkStart } from "../../../electron/contract/benchmark.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useModelToMeasure } from "../../stores/useModelToMeasure.ts";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useBenchmark, useModels } from "../../stores/useStores.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useSay } from "../../texts.ts";
import { type BenchmarkChoices, BenchmarkForm } from "./BenchmarkForm.tsx";
import { BenchmarkOutcome, type Ended } from "./BenchmarkOutcome.tsx";
import { HistorySection } from "./HistorySection.tsx";
import { RecheckNotice } from "./RecheckNotice.tsx";
import { ResultView } from "./ResultView.tsx";
import { RunningBenchmark } from "./RunningBenchmark.tsx";

/** Measures how fast models read and write on this machine, and keeps the results. */
export default function Benchmark() {
  const say = useSay("benchmark");
  const problem = useBenchmark((state) => state.problem);
  const dismissProblem = useBenchmark((state) => state.dismissProblem);
  const list = useModels((state) => state.list);
  const measured = useBenchmark(({ phase }) => (phase === null || phase.state === "none" ? null : phase.run.modelId));
  const [chosen, setModelId] = useState<string | null>(null);
  // After leaving the screen and returning, the last benchmark’s end stands beside its result.
  const { models, model } = useModelToMeasure(chosen ?? measured);
  return (
    <section aria-labelledby="benchmark-heading" className="benchmark">
      <h2 id="benchmark-heading">{say("heading")}</h2>
      {problem && (
        <ProblemNotice problem={problem}>
          <button type="button" className="icon-button" aria-label={say("shell:dismiss")} onClick={dismissProblem}>
            <X size={16} aria-hidden />
          </button>
        </ProblemNotice>
      )}
      {list.state === "loading" && <p className="page-note">{say("readingModels")}</p>}
      {list.state === "failed" && <ProblemNotice problem={list.problem} />}
      {list.state === "ready" && model === undefined && (
        <p className="page-note">
          <Sentence
            text={say("noModel", { get: slot("get") })}
            slots={{ get: <a href="#/models">{say("getModel")}</a> }}
          />
        </p>
      )}
      {model !== undefined && <OfModel models={models} model={model} onModel={setModelId} />}
    </section>
  );
}

const usualChoices: BenchmarkChoices = {
  kind: "standard",
  minutes: 10,
  fields: { reading: "512", writing: "128", depths: "0" },
  repeats: 5,
  threads: null,
};

interface OfModelProps {
  models: readonly Model[];
  model: Model;
  onModel: (modelId: string) => void;
}

function OfModel({ models, model, onModel }: OfModelProps) {
  const say = useSay("benchmark");
  const running = useRunningBenchmark();
  const ended = useBenchmark(({ phase }) => (phase?.state === "ended" ? phase : null));
  const start = useBenchmark((state) => state.start);
  const history = useBenchmark((state) => state.history);
  const readHistory = useBenchmark((state) => state.readHistory);
  const recheck = useBenchmark((state) => state.recheck);
  const readRecheck = useBenchmark((state) => state.readRecheck);
  const [choices, setChoices] = useState(usualChoices);
  const [chosenId, setChosenId] = useState<string | null>(null);
  useEffect(() => void readHistory(), [readHistory]);

  const results = history.state === "ready" ? history.value.results : [];
  const newest = results.find(
    ({ conditions }) =>
      conditions.model.id === model.id &&
      history.state === "ready" &&
      conditions.machine.id === history.value.machineId,
  );
  const newestId = newest?.id ?? null;
  useEffect(() => {
    // This starts the engine, which is unnecessary without a result.
    if (newestId !== null) void readRecheck(model.id);
  }, [newestId, model.id, readRecheck]);

  const shown = results.find(({ id }) => id === chosenId) ?? notKept(ended) ?? newest;
  const answer = recheck?.modelId === model.id ? recheck.answer : null;
  const verdict = answer !== null && answer.lastResultId === shown?.id ? answer.verdict : null;
  // That a benchmark is done says nothing beside another model’s results; why one failed is always shown.
  const told = ended !== null && (ended.problem !== null || ended.run.modelId === model.id) ? ended : null;
  const run = (wanted: BenchmarkStart): void => {
    setChosenId(null);
    void start(wanted);
  };
  const choose = (id: string): void => {
    setChosenId(null);
    onModel(id);
  };

  return (
    <>
      {running !== null ? (
        <RunningBenchmark phase={running} />
      ) : (
        <>
          {answer !== null && <RecheckNotice recheck={answer} modelName={model.name} onStart={run} />}
          <BenchmarkForm
            choices={choices}
            onChoices={setChoices}
            models={models}
            model={model}
            onModel={choose}
            onStart={run}
          />
        </>
      )}
      <BenchmarkOutcome ended={told} />
      {shown !== undefined && <ResultView key={shown.id} result={shown} verdict={verdict} />}
      {history.state === "failed" && (
        <ProblemNotice problem={history.problem}>
          <button type="button" className="button" onClick={() => void readHistory()}>
            {say("shell:tryAgain")}
          </button>
        </ProblemNotice>
      )}
      {history.state === "ready" && results.length > 0 && (
        <HistorySection history={history.value} modelId={model.id} shownId={shown?.id ?? null} onShow={setChosenId} />
      )}
      {history.state === "ready" && results.length === 0 && running === null && shown === undefined && (
        <p className="page-note">{say("nothingYet")}</p>
      )}
    </>
  );
}

/** Returns a result that could not be written to the disk; it is shown nevertheless. */
function notKept(ended: Ended | null): BenchmarkResult | undefined {
  if (ended === null || ended.problem === null || ended.result === null) return undefined;
  return ended.outcome === "complete" || ended.outcome === "stopped" ? ended.result : undefined;
}
