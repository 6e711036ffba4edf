import type { SpeedTrials } from "../../../electron/contract/fit.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useFit } from "../../stores/useStores.ts";
import { useReasonText, useSay } from "../../texts.ts";

/** Where predicted speeds come from. The machine is measured for them only if the user chooses so. */
export function SpeedNote() {
  const say = useSay("models");
  const trials = useFit((state) => state.trials);
  const problem = useFit((state) => state.problem);
  const measure = useFit((state) => state.measure);
  const cancel = useFit((state) => state.cancelMeasuring);
  const reasonText = useReasonText();
  if (trials === null) return null;
  const now = ({ step: { code, facts }, device }: Extract<SpeedTrials, { state: "measuring" }>): string => {
    const step = reasonText(`models:speed.steps.${code}`, facts);
    return device === null ? say("speed.now", { step }) : say(`speed.nowOn.${device}`, { step });
  };
  return (
    <>
      {trials.state === "measuring" ? (
        <div className="page-note speed-note">
          <output>{say("speed.measuring", { seconds: trials.secondsLeft })}</output>
          <p className="hint">{now(trials)}</p>
          <LoadProgress label={say("speed.measuringLabel")} fraction={trials.fraction} />
          <button type="button" className="quiet-button" onClick={() => void cancel()}>
            {say("speed.stop")}
          </button>
        </div>
      ) : (
        <p className="page-note speed-note">
          {say(basisOf(trials))}{" "}
          <button
            type="button"
            className="quiet-button"
            title={say("speed.measureHint")}
            onClick={() => void measure()}
          >
            {say(trials.state === "none" ? "speed.estimate" : "speed.again")}
          </button>
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

function basisOf(trials: Extract<SpeedTrials, { state: "none" | "ready" }>) {
  if (trials.state === "none") return "speed.notEstimated";
  if (trials.estimated) return "speed.predictedRough";
  return trials.noisy ? "speed.predictedNoisy" : "speed.predicted";
}
