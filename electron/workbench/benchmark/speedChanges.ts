import type { BenchmarkResult, BenchmarkSpeed } from "../../contract/benchmark.ts";
import type { SpeedChange, SpeedChanges } from "../../contract/benchmarkComparison.ts";
import { speedIn, speedRatio } from "./compareResults.ts";

type Test = BenchmarkResult["tests"][number];

/** A smaller change is ignored, however steady both runs were. */
const leastChange = 0.02;

/** Returns how the speeds of the shallowest tests that both results have changed. */
export function speedChanges(before: BenchmarkResult, after: BenchmarkResult): SpeedChanges {
  const changeIn = (isKind: (test: Test) => boolean): SpeedChange | null => {
    for (const test of after.tests.filter(isKind).toSorted((one, other) => one.depth - other.depth)) {
      const speed = speedIn(before, test.name, test.depth);
      if (speed !== null) return speedChange(speed, test.tokensPerSecond);
    }
    return null;
  };
  return {
    writing: changeIn(({ promptTokens }) => promptTokens === 0),
    reading: changeIn(({ generatedTokens }) => generatedTokens === 0),
  };
}

/** Returns `same` if the change is below 2 %, or if the spreads of both overlap. */
export function speedChange(before: BenchmarkSpeed, after: BenchmarkSpeed): SpeedChange {
  const { value: ratio, change } = speedRatio(before, after);
  const isNews = change !== "unclear" && Math.abs(ratio - 1) >= leastChange;
  return { change: isNews ? change : "same", ratio };
}
