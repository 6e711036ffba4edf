import type { SettingsInUse } from "../../contract/tune.ts";
import { type Trial, withSetting } from "./nextTrial.ts";
import type { TrialBench } from "./TrialBench.ts";
import type { Confirming, TrialRound } from "./TrialRound.ts";
import type { VisitTests } from "./visitTests.ts";

type Bench = Pick<TrialBench, "secondsOfVisit" | "secondsOfLoad" | "secondsOfGreedy">;

/** Returns the seconds of a trial that gains, which takes longest: two visits of each, and the loads between them. */
export function secondsOfTrial(
  bench: Bench,
  round: Pick<TrialRound, "isBegun">,
  { best, trial, tests, cores }: { best: SettingsInUse; trial: Trial; tests: VisitTests; cores: number },
): number {
  const tried = withSetting(best, trial);
  // Half the threads may take twice as long. More threads than cores spend most of the time waiting.
  const slower = best.threads > cores ? 0.1 : Math.max(1, best.threads / tried.threads);
  const visits = (round.isBegun(best, tests) ? 1 : 2) + 2 * (trial.setting === "threads" ? slower : 1);
  const promptTokens = trial.setting === "batchSize" ? tests.promptTokens : 0;
  return (
    visits * bench.secondsOfVisit(best, tests) +
    3 * bench.secondsOfLoad(best, tried) +
    (promptTokens > 0 ? 2 : 1) * bench.secondsOfGreedy(promptTokens)
  );
}

/** Returns the seconds of measuring all gains in turns with the settings in use, which a second gain requires. */
export function secondsToConfirm(
  bench: Bench,
  inUse: SettingsInUse,
  best: SettingsInUse,
  { tests, known }: Confirming,
): number {
  const visits = (known.length === 0 ? 2 : 1) * bench.secondsOfVisit(inUse, tests);
  return visits + 2 * bench.secondsOfVisit(best, tests) + 4 * bench.secondsOfLoad(inUse, best);
}
