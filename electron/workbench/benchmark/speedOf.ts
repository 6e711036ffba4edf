import type { BenchmarkSpeed } from "../../contract/benchmark.ts";
import { median } from "../median.ts";

/** Returns the figures of a test's timed runs, in tokens per second. At least one run is needed. */
export function speedOf(samples: readonly number[]): BenchmarkSpeed {
  return {
    median: median(samples),
    min: Math.min(...samples),
    max: Math.max(...samples),
    lowerQuartile: quantile(samples, 0.25),
    upperQuartile: quantile(samples, 0.75),
    samples: [...samples],
  };
}

/** Returns the interquartile range as a share of the median. One outlier among five runs does not change it. */
export function spreadOf({ median: middle, lowerQuartile, upperQuartile }: BenchmarkSpeed): number {
  return (upperQuartile - lowerQuartile) / middle;
}

/** Interpolates between the two nearest samples (Hyndman and Fan 1996, type 7). */
function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low = Number.NaN, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}
