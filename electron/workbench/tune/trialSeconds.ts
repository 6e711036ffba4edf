import type { SettingsInUse } from "../../contract/tune.ts";
import type { Trial } from "./nextTrial.ts";
import type { TrialBench } from "./TrialBench.ts";
import type { TrialRound } from "./TrialRound.ts";
import { withSetting } from "./tuneFigures.ts";
import type { VisitTests } from "./visitTests.ts";

type Bench = Pick<TrialBench, "secondsOfVisit" | "secondsOfLoad" | "secondsOfGreedy">;

/** Of a trial that gains, which takes longest: two visits of each, and what has to be loaded between them. */
export function secondsOfTrial(
  bench: Bench,
  round: Pick<TrialRound, "isBegun">,
  best: SettingsInUse,
  trial: Trial,
  tests: VisitTests,
): number {
  const tried = withSetting(best, trial);
  // Half the threads may take twice as long.
  const slower = Math.max(1, best.threads / tried.threads);
  const visits = (round.isBegun(best, tests) ? 1 : 2) + 2 * slower;
  const promptTokens = trial.setting === "batchSize" ? tests.promptTokens : 0;
  return (
    visits * bench.secondsOfVisit(best, tests) +
    3 * bench.secondsOfLoad(best, tried) +
    (promptTokens > 0 ? 2 : 1) * bench.secondsOfGreedy(promptTokens)
  );
}

/** Of measuring everything that gained in turns with the settings in use, which a second gain makes necessary. */
export function secondsToConfirm(bench: Bench, inUse: SettingsInUse, best: SettingsInUse, tests: VisitTests): number {
  const visits = bench.secondsOfVisit(inUse, tests) + bench.secondsOfVisit(best, tests);
  return 2 * visits + 4 * bench.secondsOfLoad(inUse, best);
}
