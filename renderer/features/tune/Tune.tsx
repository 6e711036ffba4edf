import { X } from "lucide-react";
import { useEffect, useState } from "react";
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
  const [modelId, setModelId] = useState<string | null>(null);
  const { models, model } = useModelToMeasure(modelId);
  return (
    <section aria-labelledby="tune-heading" className="tune">
      <h2 id="tune-heading">{say("heading")}</h2>
      {problem && (
        <ProblemNotice problem={problem}>
          <button type="button" className="icon-button" aria-label={say("shell:dismiss")} onClick={dismissProblem}>
            <X size={16} aria-hidden />
          </button>
        </ProblemNotice>
      )}
      {list.state === "ready" && model === undefined && <p className="page-note">{say("noModel")}</p>}
      {model !== undefined && <OfModel models={models} model={model} onModel={setModelId} />}
    </section>
  );
}

interface OfModelProps {
  models: readonly Model[];
  model: Model;
  onModel: (modelId: string) => void;
}

function OfModel({ models, model, onModel }: OfModelProps) {
  const running = useRunningTuning();
  const ended = useTune(({ phase }) => (phase?.state === "ended" ? phase : null));
  const applied = useTune((state) => state.applied);
  const readApplied = useTune((state) => state.readApplied);
  const [minutes, setMinutes] = useState<number | null>(2);
  const [allowLossy, setAllowLossy] = useState(false);
  useEffect(() => void readApplied(model.id), [readApplied, model.id]);

  const inForce = applied?.modelId === model.id ? applied.tuning : null;
  const shown = ended?.run.modelId === model.id ? ended : null;
  const isApplied = inForce !== null && shown !== null && inForce.appliedAt >= shown.run.startedAt;
  return (
    <>
      {running === null ? (
        <TuneForm
          models={models}
          model={model}
          onModel={onModel}
          minutes={minutes}
          onMinutes={setMinutes}
          allowLossy={allowLossy}
          onAllowLossy={setAllowLossy}
        />
      ) : (
        <RunningTuning phase={running} />
      )}
      {running === null && <TuneOutcome ended={shown} isApplied={isApplied} />}
      {inForce !== null && <AppliedNotice modelId={model.id} tuning={inForce} />}
    </>
  );
}
