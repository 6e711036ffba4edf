import { useEffect } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useModelToMeasure } from "../../stores/useModelToMeasure.ts";
import { useRunningTuning } from "../../stores/useRunningTuning.ts";
import { useModels, useTune } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { AppliedNotice } from "./AppliedNotice.tsx";
import { RunningTuning } from "./RunningTuning.tsx";
import { TuneForm } from "./TuneForm.tsx";
import { TuneOutcome } from "./TuneOutcome.tsx";

/** Finds the fastest settings for a model on this machine. They are applied only on request. */
export default function Tune() {
  const say = useSay("tune");
  const problem = useTune((state) => state.problem);
  const dismissProblem = useTune((state) => state.dismissProblem);
  const list = useModels((state) => state.list);
  const tuned = useTune(({ phase }) => (phase === null || phase.state === "none" ? null : phase.run.modelId));
  const chosen = useTune(({ choices }) => choices.modelId);
  // After a restart of the window, the last tuning’s outcome is still there to be applied.
  const { models, model } = useModelToMeasure(chosen ?? tuned);
  return (
    <>
      {problem && <ProblemNotice problem={problem} onDismiss={dismissProblem} />}
      {list.state === "ready" && model === undefined && <p className="page-note">{say("noModel")}</p>}
      {model !== undefined && <OfModel models={models} model={model} />}
    </>
  );
}

function OfModel({ models, model }: { models: readonly Model[]; model: Model }) {
  const running = useRunningTuning();
  const ended = useTune(({ phase }) => (phase?.state === "ended" ? phase : null));
  const applied = useTune((state) => state.applied);
  const readApplied = useTune((state) => state.readApplied);
  useEffect(() => void readApplied(model.id), [readApplied, model.id]);

  const inForce = applied?.modelId === model.id ? applied.tuning : null;
  const shown = ended?.run.modelId === model.id ? ended : null;
  const isApplied = inForce !== null && shown !== null && inForce.appliedAt >= shown.run.startedAt;
  return (
    <>
      <TuneForm models={models} model={model} isMain={isApplied || (shown?.proposal ?? null) === null} />
      {inForce !== null && running === null && (
        <AppliedNotice modelId={model.id} tuning={inForce} canUndo={!isApplied || shown?.proposal === null} />
      )}
      {running === null ? <TuneOutcome ended={shown} isApplied={isApplied} /> : <RunningTuning phase={running} />}
    </>
  );
}
