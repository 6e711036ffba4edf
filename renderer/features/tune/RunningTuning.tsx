import type { TuneProgress } from "../../../electron/contract/tune.ts";
import { roughly } from "../../parts/figures.ts";
import type { RunningTuning as Running } from "../../stores/useRunningTuning.ts";
import { useTune } from "../../stores/useStores.ts";
import { SpeedText } from "./SpeedText.tsx";
import { TrialList } from "./TrialList.tsx";

/** The tuning at work: what is tried now, what came of the rest, and the time left. */
export function RunningTuning({ phase }: { phase: Running }) {
  const stop = useTune((state) => state.stop);
  const stopping = useTune((state) => state.stopping);
  const { run } = phase;
  const secondsLeft = phase.state === "trying" ? phase.progress.secondsLeft : run.minutes * 60;
  return (
    <section className="tune-running" aria-label="Running tuning">
      <header className="tune-heading">
        <h3>
          <bdi>{run.modelName}</bdi>
        </h3>
        <button type="button" className="button" disabled={stopping} onClick={() => void stop()}>
          {stopping ? "Stopping…" : "Stop"}
        </button>
      </header>
      <progress
        className="progress is-wide"
        aria-label="Tuning"
        max={100}
        value={Math.round(100 - (secondsLeft / (run.minutes * 60)) * 100)}
      />
      <p className="tune-step">
        <span>{phase.state === "queued" ? "Waiting for the engine" : stepText(phase.progress)}</span>
        {phase.state === "trying" && <span className="figure">at most {roughly(secondsLeft)} left</span>}
      </p>
      {phase.state === "trying" && <Found progress={phase.progress} />}
      <p className="hint">It ends sooner when nothing gains. A reply has to wait for it.</p>
    </section>
  );
}

const steps: Record<TuneProgress["step"], string> = {
  loading: "Loading the model",
  measuring: "Measuring",
  comparing: "Comparing what it writes",
};

function stepText({ step, trials }: TuneProgress): string {
  const trial = trials.at(-1);
  return trial?.outcome === "trying" ? `${steps[step]}: ${trial.label}` : steps[step];
}

function Found({ progress: { trials, before, noise } }: { progress: TuneProgress }) {
  return (
    <>
      {before !== null && (
        <p>
          As it is: <SpeedText speed={before.writing} /> writing, <SpeedText speed={before.reading} /> reading.
        </p>
      )}
      <TrialList trials={trials} />
      {noise !== null && <p className="hint">Measuring again. {noise}</p>}
    </>
  );
}
