import { useEffect, useState } from "react";
import type { BenchmarkResult, BenchmarkStart, BenchmarkState } from "../../../electron/contract/benchmark.ts";
import { isRemote } from "../../../electron/contract/modelKinds.ts";
import type { Model } from "../../../electron/contract/models.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useModelToMeasure } from "../../stores/useModelToMeasure.ts";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useBenchmark, useModels, useServerBenchmark } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";
import { BenchmarkForm } from "./BenchmarkForm.tsx";
import { HistorySection } from "./HistorySection.tsx";
import { RecheckNotice } from "./RecheckNotice.tsx";
import { resultFigures } from "./resultFigures.ts";
import { ResultView } from "./ResultView.tsx";
import { RunningBenchmark } from "./RunningBenchmark.tsx";
import { ServerBenchmark } from "./ServerBenchmark.tsx";
import { ServerResults } from "./ServerResults.tsx";
import { showHeadline } from "./showHeadline.ts";
import { useShownHeadline } from "./useShownHeadline.ts";

type Ended = Extract<BenchmarkState, { state: "ended" }>;

/** Measures how fast models read and write on this machine, and keeps the results. */
export default function Benchmark() {
  const say = useSay("benchmark");
  const problem = useBenchmark((state) => state.problem);
  const dismissProblem = useBenchmark((state) => state.dismissProblem);
  const list = useModels((state) => state.list);
  const measured = useBenchmark(({ phase }) => (phase === null || phase.state === "none" ? null : phase.run.modelId));
  const chosen = useBenchmark(({ choices }) => choices.modelId);
  // After a restart of the window, the last benchmark’s end stands beside its result.
  const { models: files, model: file } = useModelToMeasure(chosen ?? measured);
  const underWay = useServerBenchmark(({ phase }) => (phase?.state === "measuring" ? phase.run.modelId : null));
  const choose = useBenchmark((state) => state.choose);
  const onServers = list.state === "ready" ? list.value.filter(isRemote) : [];
  // Never by itself: only what the user has chosen here, or is being measured.
  const remote = onServers.find(({ id }) => id === (underWay ?? chosen));
  const models = [...files, ...onServers];
  return (
    <>
      {problem && <ProblemNotice problem={problem} onDismiss={dismissProblem} />}
      {list.state === "loading" && <p className="page-note">{say("readingModels")}</p>}
      {list.state === "failed" && <ProblemNotice problem={list.problem} />}
      {list.state === "ready" && file === undefined && remote === undefined && (
        <p className="page-note">
          <Sentence
            text={say("noModel", { get: slot("get") })}
            slots={{ get: <a href="#/models">{say("getModel")}</a> }}
          />
        </p>
      )}
      {remote !== undefined && (
        <ServerBenchmark models={models} model={remote} onModel={(modelId) => choose({ modelId })} />
      )}
      {remote === undefined && file !== undefined && <OfModel models={models} model={file} />}
    </>
  );
}

function OfModel({ models, model }: { models: readonly Model[]; model: Model }) {
  const texts = useTexts();
  const { say } = texts;
  const running = useRunningBenchmark();
  const ended = useBenchmark(({ phase }) => (phase?.state === "ended" ? phase : null));
  const start = useBenchmark((state) => state.start);
  const choose = useBenchmark((state) => state.choose);
  const history = useBenchmark((state) => state.history);
  const readHistory = useBenchmark((state) => state.readHistory);
  const recheck = useBenchmark((state) => state.recheck);
  const readRecheck = useBenchmark((state) => state.readRecheck);
  const [openedId, setOpenedId] = useState<string | null>(null);
  useEffect(() => void readHistory(), [readHistory]);

  const results = history.state === "ready" ? history.value.results : [];
  const here = history.state === "ready" ? history.value.machineId : null;
  const ofModel = results.filter(
    ({ conditions }) => conditions.model.id === model.id && conditions.machine.id === here,
  );
  const newest = ofModel[0];
  const newestId = newest?.id ?? null;
  useEffect(() => {
    // This starts the engine, which is unnecessary without a result.
    if (newestId !== null) void readRecheck(model.id);
  }, [newestId, model.id, readRecheck]);

  const opened = results.find(({ id }) => id === openedId);
  const shown = opened ?? notKept(ended) ?? newest;
  const answer = recheck?.modelId === model.id ? recheck.answer : null;
  const verdict = answer !== null && answer.lastResultId === shown?.id ? answer.verdict : null;
  // That a benchmark is done says nothing beside another model’s results; why one failed is always shown.
  const told = ended !== null && (ended.problem !== null || ended.run.modelId === model.id) ? ended : null;

  const isRunning = running !== null;
  const endedId = ended?.result?.id ?? null;
  const { headline, open } = useShownHeadline({ shownId: shown?.id, isRunning, endedId, onOpened: setOpenedId });

  const run = (wanted: BenchmarkStart): void => {
    setOpenedId(null);
    void start(wanted);
  };
  const secondsLastTime = (plan: BenchmarkResult["plan"]): number | undefined => {
    const last = ofModel.find((result) => result.plan === plan && result.ending === "complete");
    return last && (last.endedAt - last.startedAt) / 1000;
  };

  return (
    <>
      <BenchmarkForm
        models={models}
        model={model}
        onModel={(modelId) => {
          setOpenedId(null);
          choose({ modelId });
        }}
        secondsLastTime={secondsLastTime}
        onStart={run}
      />
      {!isRunning && answer !== null && <RecheckNotice recheck={answer} modelName={model.name} onStart={run} />}
      {/* Always present, so that screen readers announce new text. */}
      <output className="bench-outcome">{told !== null && told.problem === null && <EndedWords ended={told} />}</output>
      {told !== null && told.problem !== null && <Failure ended={told} />}
      {isRunning && <RunningBenchmark phase={running} />}
      {shown !== undefined && (!isRunning || opened !== undefined) && (
        <ResultView
          key={shown.id}
          result={shown}
          verdict={verdict}
          isKept={results.includes(shown)}
          headline={headline}
          onRemoved={() => showHeadline(headline.current)}
        />
      )}
      {history.state === "ready" && !isRunning && shown === undefined && (
        <p className="page-note">
          {results.length === 0 ? say("benchmark:nothingYet") : say("benchmark:modelNotYet", { name: model.name })}
        </p>
      )}
      {history.state === "failed" && (
        <ProblemNotice problem={history.problem}>
          <button type="button" className="button" onClick={() => void readHistory()}>
            {say("shell:tryAgain")}
          </button>
        </ProblemNotice>
      )}
      {history.state === "ready" && results.length > 0 && (
        <HistorySection history={history.value} shown={shown} onShow={open} />
      )}
      <ServerResults modelId={null} nothingYet={null} />
    </>
  );
}

/** Returns a result that could not be written to the disk; it is shown nevertheless. */
function notKept(ended: Ended | null): BenchmarkResult | undefined {
  if (ended === null || ended.problem === null || ended.result === null) return undefined;
  return ended.outcome === "complete" || ended.outcome === "stopped" ? ended.result : undefined;
}

function Failure({ ended }: { ended: Ended }) {
  const texts = useTexts();
  const { say } = texts;
  const { outcome, problem } = ended;
  if (problem === null) return null;
  switch (outcome) {
    case "complete":
    case "stopped":
      return (
        <ProblemNotice
          problem={problem}
          safe={say("benchmark:ended.notInHistory")}
          next={say("benchmark:ended.exportNow")}
        />
      );
    case "engine-died":
      return <ProblemNotice problem={problem} safe={keptText(texts, ended)} next={say("benchmark:ended.afterCrash")} />;
    case "failed":
      return <ProblemNotice problem={problem} safe={keptText(texts, ended)} />;
  }
}

function EndedWords({ ended }: { ended: Ended }) {
  const texts = useTexts();
  const { say, figures } = texts;
  const { outcome, result, run } = ended;
  if (outcome === "stopped") return say("benchmark:ended.stopped", { kept: keptText(texts, ended) });
  if (result === null) return null;
  const measured = resultFigures(texts, result).figures.map(({ value, unit }) => `${value} ${unit}`);
  return (
    <>
      {say("benchmark:ended.doneIn", { time: figures.roughly((result.endedAt - run.startedAt) / 1000) })}
      {/* The headline shows them. */}
      <span className="visually-hidden"> {figures.list(measured)}</span>
    </>
  );
}

function keptText({ say }: Texts, { result }: Ended): string {
  if (result === null) return say("benchmark:ended.nothing");
  return say("benchmark:ended.kept", { count: result.tests.length });
}
