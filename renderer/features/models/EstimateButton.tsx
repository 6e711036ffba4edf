import { Gauge, X } from "lucide-react";
import type { SpeedTrials } from "../../../electron/contract/fit.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { useFit } from "../../stores/useStores.ts";
import { useReasonText, useSay } from "../../texts.ts";

/** Measures this machine to predict speeds: offered while nothing good is known, and shown while it runs. */
export function EstimateButton() {
  const say = useSay("models");
  const reasonText = useReasonText();
  const trials = useFit((state) => state.trials);
  const measure = useFit((state) => state.measure);
  const cancel = useFit((state) => state.cancelMeasuring);
  if (trials === null) return null;
  if (trials.state === "measuring") {
    const { step, device, secondsLeft, fraction } = trials;
    const now = reasonText(`models:speed.steps.${step.code}`, step.facts);
    return (
      <div
        className="estimating"
        title={device === null ? say("speed.now", { step: now }) : say(`speed.nowOn.${device}`, { step: now })}
      >
        <span className="quiet small clip">{say("speed.estimatingLeft", { seconds: secondsLeft })}</span>
        <LoadProgress label={say("speed.measuringLabel")} fraction={fraction} />
        <IconButton label={say("speed.stop")} onClick={() => void cancel()}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    );
  }
  const basis = basisOf(trials);
  if (trials.state === "ready" && !trials.stale) {
    return (
      <IconButton
        label={say("speed.again")}
        tip={basis === null ? undefined : `${say("speed.again")}. ${say(basis)}`}
        onClick={() => void measure()}
      >
        <Gauge size={16} aria-hidden />
      </IconButton>
    );
  }
  return (
    <button
      type="button"
      className="button ghost"
      aria-label={say("speed.estimate")}
      title={basis === null ? say("speed.measureHint") : say(basis)}
      onClick={() => void measure()}
    >
      <Gauge size={16} aria-hidden />
      <span className="drops-models">{say("speed.estimate")}</span>
    </button>
  );
}

function basisOf(trials: Extract<SpeedTrials, { state: "none" | "ready" }>) {
  if (trials.state === "none") return null;
  if (trials.estimated) return "speed.predictedRough";
  return trials.noisy ? "speed.predictedNoisy" : "speed.predicted";
}
