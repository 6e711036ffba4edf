import type { SpeedTrials } from "../../../electron/contract/fit.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useFit } from "../../stores/useStores.ts";

/** Where predicted speeds come from; measuring this machine for them is the person's to begin. */
export function SpeedNote() {
  const trials = useFit((state) => state.trials);
  const problem = useFit((state) => state.problem);
  const measure = useFit((state) => state.measure);
  const cancel = useFit((state) => state.cancelMeasuring);
  if (trials === null) return null;
  return (
    <>
      {trials.state === "measuring" ? (
        <div className="page-note speed-note">
          <output>Measuring this machine with small generated models: at most {trials.secondsLeft} s left.</output>
          <p className="hint">{sentence(trials.what)}</p>
          <LoadProgress label="Measuring this machine" fraction={trials.fraction} />
          <button type="button" className="quiet-button" onClick={() => void cancel()}>
            Stop measuring
          </button>
        </div>
      ) : (
        <p className="page-note speed-note">
          {trials.state === "none"
            ? "Speeds have not been estimated for this machine yet."
            : `Speeds are predicted from a measurement of this machine${doubts(trials)}.`}{" "}
          <button
            type="button"
            className="quiet-button"
            title="Measures this machine for about a minute; nothing is downloaded"
            onClick={() => void measure()}
          >
            {trials.state === "none" ? "Estimate speed" : "Measure again"}
          </button>
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

const sentence = (what: string): string => `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;

function doubts({ noisy, estimated }: Extract<SpeedTrials, { state: "ready" }>): string {
  if (estimated) return " that could not finish in time, so their ranges are wide";
  return noisy ? " that other programs disturbed" : "";
}
