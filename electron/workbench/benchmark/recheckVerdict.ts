import type { BenchmarkResult, BenchmarkSpeed, RecheckVerdict, SpeedChange } from "../../contract/benchmark.ts";
import { speedIn, speedRatio } from "./compareResults.ts";
import { conditionDifferences } from "./conditionDifferences.ts";

/** A smaller change is ignored, however steady both runs were. */
const leastChange = 0.02;

/**
 * Compares the newest result with the latest earlier one of the same file under comparable conditions. Returns null if
 * there is none.
 */
export function recheckVerdict(newestFirst: readonly BenchmarkResult[]): RecheckVerdict | null {
  const [newest, ...earlier] = newestFirst;
  if (newest === undefined) return null;
  for (const before of earlier) {
    const differences = conditionDifferences([before, newest]);
    if (differences.some(({ matters, condition }) => matters || condition === "modelFile")) continue;
    const writing = sharedSpeeds(before, newest, (test) => test.promptTokens === 0);
    const reading = sharedSpeeds(before, newest, (test) => test.generatedTokens === 0);
    const [main, second] = writing === null ? [reading, null] : [writing, reading];
    if (main === null) continue;
    return {
      since: before.startedAt,
      speed: changeOf(main),
      reading: second === null ? null : changeOf(second),
    };
  }
  return null;
}

/** Returns the speeds of the shallowest test of this kind that both have. */
function sharedSpeeds(
  before: BenchmarkResult,
  newest: BenchmarkResult,
  isKind: (test: BenchmarkResult["tests"][number]) => boolean,
): [BenchmarkSpeed, BenchmarkSpeed] | null {
  for (const test of newest.tests.filter(isKind).toSorted((one, other) => one.depth - other.depth)) {
    const speed = speedIn(before, test.name, test.depth);
    if (speed !== null) return [speed, test.tokensPerSecond];
  }
  return null;
}

function changeOf([before, after]: [BenchmarkSpeed, BenchmarkSpeed]): SpeedChange {
  const { value: ratio, change } = speedRatio(before, after);
  const isNews = change !== "unclear" && Math.abs(ratio - 1) >= leastChange;
  return { change: isNews ? change : "same", ratio };
}
