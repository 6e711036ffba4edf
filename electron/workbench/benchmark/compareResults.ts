import type { BenchmarkResult, BenchmarkSpeed } from "../../contract/benchmark.ts";
import type { BenchmarkComparison, ComparedSpeed } from "../../contract/benchmarkComparison.ts";
import type { Interval } from "../../contract/solve.ts";
import { conditionDifferences } from "./conditionDifferences.ts";

/** Compares results with the first of them: speeds test by test, and whether their conditions allow it. */
export function compareResults(results: readonly BenchmarkResult[]): BenchmarkComparison {
  const differences = conditionDifferences(results);
  const tests = new Map<string, { name: string; depth: number }>();
  for (const { name, depth } of results.flatMap((result) => result.tests))
    tests.set(`${name}@${depth}`, { name, depth });
  return {
    solve: comparedSolve(results),
    resultIds: results.map(({ id }) => id),
    comparable: !differences.some(({ matters }) => matters),
    differences,
    tests: [...tests.values()].map(({ name, depth }) => {
      const speeds = results.map((result) => speedIn(result, name, depth));
      const [base = null] = speeds;
      return { name, depth, speeds: speeds.map((speed, index) => compared(index === 0 ? null : base, speed)) };
    }),
  };
}

function comparedSolve(results: readonly BenchmarkResult[]): BenchmarkComparison["solve"] {
  const solved = results.flatMap(({ solve }) => solve ?? []);
  if (solved.length < 2) return null;
  const problems = new Set(solved.map(({ level, seed, asked }) => JSON.stringify([level, seed, asked])));
  const base = results[0]?.solve?.secondsPerRightAnswer ?? null;
  return {
    sameProblems: problems.size === 1,
    results: results.map(({ solve }, index) => {
      if (solve === undefined) return null;
      const { problems: _, ...figures } = solve;
      const seconds = solve.secondsPerRightAnswer;
      const change = index === 0 || base === null || seconds === null ? null : timeChange(base, seconds);
      return { solve: figures, change };
    }),
  };
}

function timeChange(base: Interval, time: Interval): "sooner" | "later" | "unclear" {
  if (time.high < base.low) return "sooner";
  return time.low > base.high ? "later" : "unclear";
}

/** Returns the ratio of two speeds, with its limits from the interquartile ranges of both. */
export function speedRatio(base: BenchmarkSpeed, speed: BenchmarkSpeed): NonNullable<ComparedSpeed["ratio"]> {
  const low = speed.lowerQuartile / base.upperQuartile;
  const high = speed.upperQuartile / base.lowerQuartile;
  const change = low > 1 ? "faster" : high < 1 ? "slower" : "unclear";
  return { value: speed.median / base.median, low, high, change };
}

export function speedIn({ tests }: BenchmarkResult, name: string, depth: number): BenchmarkSpeed | null {
  return tests.find((test) => test.name === name && test.depth === depth)?.tokensPerSecond ?? null;
}

function compared(base: BenchmarkSpeed | null, speed: BenchmarkSpeed | null): ComparedSpeed {
  return { speed, ratio: base === null || speed === null ? null : speedRatio(base, speed) };
}
