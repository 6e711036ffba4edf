import type { BenchmarkResult, BenchmarkTestResult } from "../../../electron/contract/benchmark.ts";

/** The tests that stand for a result: reading and writing alone, each with the least in the context. */
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
