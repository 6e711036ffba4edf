import { writtenAt } from "../../../electron/contract/modelKinds.ts";
import type { Model, RemoteModel } from "../../../electron/contract/models.ts";
import { placeText } from "../../../electron/texts/benchmark/serverResult.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useServerBenchmark } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { RunningServerBenchmark } from "./RunningServerBenchmark.tsx";
import { ServerBenchmarkForm } from "./ServerBenchmarkForm.tsx";
import { ServerResults } from "./ServerResults.tsx";

export interface ServerBenchmarkProps {
  models: readonly Model[];
  model: RemoteModel;
  onModel: (modelId: string) => void;
}

/** Measures a model on a server, over the connection. */
export function ServerBenchmark({ models, model, onModel }: ServerBenchmarkProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const phase = useServerBenchmark((state) => state.phase);
  const problem = useServerBenchmark((state) => state.problem);
  const dismissProblem = useServerBenchmark((state) => state.dismissProblem);
  const ended = phase?.state === "ended" && phase.run.modelId === model.id ? phase : null;
  const kept =
    ended?.result === null || ended === null
      ? say("benchmark:ended.nothing")
      : say("benchmark:server.kept", { count: ended.result.runs.length });
  const outcome = (): string | null => {
    if (ended === null || ended.problem !== null) return null;
    if (ended.outcome === "stopped") return say("benchmark:ended.stopped", { kept });
    if (ended.result === null) return null;
    return say("benchmark:ended.doneIn", {
      time: figures.roughly((ended.result.endedAt - ended.run.startedAt) / 1000),
    });
  };
  return (
    <>
      {problem && <ProblemNotice problem={problem} onDismiss={dismissProblem} />}
      <ServerBenchmarkForm models={models} model={model} onModel={onModel} />
      {/* Always present, so that screen readers announce new text. */}
      <output className="bench-outcome">{outcome()}</output>
      {ended !== null && ended.problem !== null && (
        <ProblemNotice
          problem={ended.problem}
          safe={ended.outcome === "failed" ? kept : say("benchmark:ended.notInHistory")}
        />
      )}
      {phase?.state === "measuring" && <RunningServerBenchmark phase={phase} />}
      <ServerResults
        modelId={model.id}
        nothingYet={say("benchmark:server.nothingYet", {
          name: model.name,
          place: placeText(texts, writtenAt(model.source)),
        })}
      />
    </>
  );
}
