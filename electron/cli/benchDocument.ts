import type { BenchmarkResult } from "../contract/benchmark.ts";
import { leftOutText } from "../texts/benchmark/leftOutText.ts";
import { noiseText } from "../texts/benchmark/noiseText.ts";
import { openTexts } from "../texts/texts.ts";

/** Returns a result for programs. Scripts rely on these keys; whether it was noisy is one of the conditions. */
export function benchDocument(result: BenchmarkResult) {
  const { conditions, noise, tests, leftOut, loadMs, ttftMs, peakMemoryBytes } = result;
  const english = openTexts("en");
  return {
    conditions: {
      ...conditions,
      noise: {
        ...noise,
        reasons: noise.reasons.map((reason) => ({
          kind: reason.code,
          facts: reason.facts,
          message: noiseText(english, reason),
        })),
      },
    },
    tests: tests.map(({ name, depth, tokensPerSecond: { median, min, max, samples } }) => ({
      name,
      depth,
      tokensPerSecond: { median, min, max, samples },
    })),
    ...(leftOut.length === 0
      ? {}
      : {
          leftOut: leftOut.map(({ name, depth, reason }) => ({
            name,
            depth,
            reason: reason.code,
            facts: reason.facts,
            message: leftOutText(english, reason),
          })),
        }),
    loadMs,
    ttftMs,
    peakMemoryBytes,
  };
}
