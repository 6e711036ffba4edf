import type { BenchmarkResult } from "../../contract/benchmark.ts";
import type { RecheckVerdict } from "../../contract/benchmarkComparison.ts";
import { conditionDifferences } from "./conditionDifferences.ts";
import { speedChanges } from "./speedChanges.ts";

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
    const { writing, reading } = speedChanges(before, newest);
    const speed = writing ?? reading;
    if (speed !== null) return { since: before.startedAt, speed, reading: writing === null ? null : reading };
  }
  return null;
}
