import type { TuneProgress } from "../../../electron/contract/tune.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { tuneStep } from "../../../electron/texts/tune/tuneStep.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import type { RunningTuning as Running } from "../../stores/useRunningTuning.ts";
import { useTune } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { SpeedText } from "./SpeedText.tsx";
import { TrialList } from "./TrialList.tsx";

/** The running tuning: the current trial, the outcomes of the others, and the time left. */
export function RunningTuning({ phase }: { phase: Running }) {
  const texts = useTexts();
  const { say, figures } = texts;
  const stop = useTune((state) => state.stop);
  const stopping = useTune((state) => state.stopping);
  const { run } = phase;
  const secondsLeft = phase.state === "trying" ? phase.progress.secondsLeft : run.minutes * 60;
  return (
    <section className="tune-running" aria-label={say("tune:running.label")}>
      <header className="tune-heading">
        <h3>
          <bdi>{run.modelName}</bdi>
        </h3>
        <button type="button" className="button" disabled={stopping} onClick={() => void stop()}>
          {say(stopping ? "tune:running.stopping" : "tune:running.stop")}
        </button>
      </header>
      <progress
        className="progress is-wide"
        aria-label={say("tune:running.progress")}
        max={100}
        value={Math.round(100 - (secondsLeft / (run.minutes * 60)) * 100)}
      />
      <p className="tune-step">
        <span>{tuneStep(texts, phase)}</span>
        {phase.state === "trying" && (
          <span className="figure">{say("tune:running.left", { time: figures.roughly(secondsLeft) })}</span>
        )}
      </p>
      {phase.state === "trying" && <Found progress={phase.progress} />}
      <p className="hint">{say("tune:running.ends")}</p>
    </section>
  );
}

function Found({ progress: { trials, before, noise } }: { progress: TuneProgress }) {
  const texts = useTexts();
  const { say } = texts;
  return (
    <>
      {before !== null && (
        <p>
          <Sentence
            text={say("tune:current", { writing: slot("writing"), reading: slot("reading") })}
            slots={{ writing: <SpeedText speed={before.writing} />, reading: <SpeedText speed={before.reading} /> }}
          />
        </p>
      )}
      <TrialList trials={trials} />
      {noise !== null && (
        <p className="hint">{say("tune:running.measuringAgain", { reason: noiseText(texts, noise) })}</p>
      )}
    </>
  );
}
