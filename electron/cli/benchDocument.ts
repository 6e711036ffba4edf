import type { BenchmarkResult } from "../contract/benchmark.ts";
import type { SolveResult } from "../contract/solve.ts";
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
    ...(result.solve === undefined ? {} : { solve: solveDocument(result.solve) }),
  };
}

function solveDocument(solve: SolveResult) {
  const { level, seed, wanted, asked, right, share, tokensPerRightAnswer, secondsPerRightAnswer } = solve;
  return {
    asked,
    right,
    share,
    tokensPerRightAnswer: tokensPerRightAnswer?.value ?? null,
    secondsPerRightAnswer: secondsPerRightAnswer?.value ?? null,
    // Both with their intervals.
    uncertainty: { level: 0.95, tokensPerRightAnswer, secondsPerRightAnswer },
    problems: { level, seed, wanted },
  };
}
