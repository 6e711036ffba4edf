import type { SpeedChanges } from "../../../electron/contract/benchmarkComparison.ts";
import type { TuneTrial } from "../../../electron/contract/tune.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { tuneStep } from "../../../electron/texts/tune/tuneStep.ts";
import { FactLine } from "../../parts/FactLine.tsx";
import { Headline } from "../../parts/Headline.tsx";
import { RunProgress } from "../../parts/RunProgress.tsx";
import type { RunningTuning as Running } from "../../stores/useRunningTuning.ts";
import { useTexts } from "../../texts.ts";
import { currentSpeeds } from "./currentSpeeds.ts";
import { TrialTable } from "./TrialTable.tsx";

/** The running tuning: what was gained so far, the current trial, the outcomes of the others, and the time left. */
export function RunningTuning({ phase }: { phase: Running }) {
  const texts = useTexts();
  const { say, figures } = texts;
  const { run } = phase;
  const progress = phase.state === "trying" ? phase.progress : null;
  const secondsLeft = progress?.secondsLeft ?? run.minutes * 60;
  const gained = (part: keyof SpeedChanges): string => {
    const ratio = gainOf(progress?.trials ?? [], part);
    return ratio === null ? "–" : figures.change(ratio);
  };
  return (
    <section className="bench" aria-label={say("tune:running.label")}>
      <Headline
        figures={[
          { value: gained("writing"), unit: say("tune:headline.writingSoFar") },
          { value: gained("reading"), unit: say("tune:headline.readingSoFar") },
        ]}
      />
      <FactLine
        facts={[
          currentSpeeds(texts, progress?.before ?? null),
          progress?.noise ? say("tune:running.measuringAgain", { reason: noiseText(texts, progress.noise) }) : null,
        ]}
      />
      <RunProgress
        label={say("tune:running.progress")}
        step={tuneStep(texts, phase)}
        rest={progress === null ? "" : say("tune:running.left", { time: figures.roughly(secondsLeft) })}
        fraction={1 - secondsLeft / (run.minutes * 60)}
      />
      <TrialTable trials={progress?.trials ?? []} />
    </section>
  );
}

/** Returns how many times as fast the gains make it together, each of which was compared with those before it. */
function gainOf(trials: readonly TuneTrial[], part: keyof SpeedChanges): number | null {
  const ratios = trials.filter(({ outcome }) => outcome === "gain").map((trial) => trial[part]?.ratio ?? 1);
  return ratios.length === 0 ? null : ratios.reduce((product, ratio) => product * ratio, 1);
}
