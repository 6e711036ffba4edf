import type { BenchmarkResult, BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";

/** Returns the tests that represent a result: reading alone and writing alone, each at the smallest depth. */
export function mainSpeeds({ tests }: BenchmarkResult): {
  reading: BenchmarkTestResult | undefined;
  writing: BenchmarkTestResult | undefined;
} {
  const byDepth = tests.toSorted((one, other) => one.depth - other.depth);
  return {
    reading: byDepth.find(({ generatedTokens }) => generatedTokens === 0),
    writing: byDepth.find(({ promptTokens }) => promptTokens === 0),
  };
}
