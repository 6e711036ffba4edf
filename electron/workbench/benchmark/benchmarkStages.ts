import type { BenchmarkPlan, BenchmarkTest, LeftOutReason, LeftOutTest } from "../../contract/benchmark.ts";
import { r1Case } from "../../contract/r1Case.ts";
import { testName } from "../../contract/testName.ts";
import type { SpeedBook } from "./SpeedBook.ts";

/** Tests that are measured together. */
export interface BenchmarkStage {
  /** The same test in several sizes, the preferred one first; only one is measured. */
  tests: { sizes: BenchmarkTest[] }[];
  repeats: number;
  /** The largest share of the remaining time that the stage may take; otherwise it is left out. Null: no limit. */
  shareOfTime: number | null;
}

export interface ChosenTests {
  tests: BenchmarkTest[];
  leftOut: LeftOutTest[];
}

const usualRepeats = 5;
const r1Fractions = [1, 2, 4, 8, 16];
const quickSeconds = 30;

/** The quick plan's limit, for devices on which two runs take longer than its 30 s. */
const quickLimitSeconds = 120;

/**
 * Returns how many seconds a plan may take from when its turn comes, including hashing and loading. Null if there is no
 * limit.
 */
export function secondsOfPlan(plan: BenchmarkPlan): number | null {
  if (plan.kind === "quick") return quickLimitSeconds;
  return plan.minutes === undefined ? null : plan.minutes * 60;
}

/** Returns what a plan measures, in order. `known`: speeds from earlier results, which set the quick plan's repeats. */
export function benchmarkStages(plan: BenchmarkPlan, known: SpeedBook): BenchmarkStage[] {
  switch (plan.kind) {
    case "custom":
      return [{ tests: plan.tests.map((test) => ({ sizes: [test] })), repeats: plan.repeats, shareOfTime: null }];
    case "quick":
      return [{ tests: pairAt(0), repeats: quickRepeats(known), shareOfTime: null }];
    case "standard": {
      const r1Sizes = r1Fractions.map((part) => ({
        promptTokens: r1Case.promptTokens / part,
        generatedTokens: r1Case.generatedTokens / part,
        depth: 0,
      }));
      return [
        { tests: pairAt(0), repeats: usualRepeats, shareOfTime: null },
        { tests: pairAt(2048), repeats: usualRepeats, shareOfTime: 1 },
        // Half, so that there is time left for the deepest tests.
        { tests: [{ sizes: r1Sizes }], repeats: usualRepeats, shareOfTime: 0.5 },
        { tests: pairAt(8192), repeats: usualRepeats, shareOfTime: 1 },
      ];
    }
  }
}

function pairAt(depth: number): BenchmarkStage["tests"] {
  return [
    { sizes: [{ promptTokens: 512, generatedTokens: 0, depth }] },
    { sizes: [{ promptTokens: 0, generatedTokens: 128, depth }] },
  ];
}

function quickRepeats(known: SpeedBook): number {
  const pair = pairAt(0).flatMap(({ sizes }) => sizes);
  for (let repeats = usualRepeats; repeats > 2; repeats--) {
    const seconds = pair.map((test) => known.secondsOfTest(test, repeats));
    if (seconds.includes(null)) return 3;
    if (seconds.reduce<number>((sum, part) => sum + (part ?? 0), 0) <= quickSeconds) return repeats;
  }
  return 2;
}

/**
 * Returns the context that a test needs. One token stays free, because the library shifts a full context and reads it
 * again.
 */
export const contextOf = ({ promptTokens, generatedTokens, depth }: BenchmarkTest): number =>
  promptTokens + generatedTokens + depth + 1;

/** Returns the stages without the sizes that need a larger context than `limit`, and the tests that have none left. */
export function withinContext(
  stages: readonly BenchmarkStage[],
  limit: number,
  reason: LeftOutReason,
): { stages: BenchmarkStage[]; leftOut: LeftOutTest[] } {
  const leftOut: LeftOutTest[] = [];
  const kept = stages.map((stage) => ({
    ...stage,
    tests: stage.tests.flatMap(({ sizes }) => {
      const fitting = sizes.filter((test) => contextOf(test) <= limit);
      if (fitting.length > 0) return [{ sizes: fitting }];
      const smallest = sizes.at(-1);
      if (smallest !== undefined) leftOut.push({ ...labelOf(smallest), reason });
      return [];
    }),
  }));
  return { stages: kept.filter(({ tests }) => tests.length > 0), leftOut };
}

/**
 * Returns the sizes of a stage's tests that should end within their share of `secondsLeft`, judging by the known
 * speeds.
 */
export function withinTime(stage: BenchmarkStage, speeds: SpeedBook, secondsLeft: number): ChosenTests {
  const chosen: ChosenTests = { tests: [], leftOut: [] };
  let allowed = stage.shareOfTime === null ? Number.POSITIVE_INFINITY : secondsLeft * stage.shareOfTime;
  for (const { sizes } of stage.tests) {
    const estimates = sizes.map((test) => ({ test, seconds: speeds.secondsOfTest(test, stage.repeats) ?? 0 }));
    const fitting = estimates.find(({ seconds }) => seconds <= allowed);
    if (fitting !== undefined) {
      chosen.tests.push(fitting.test);
      allowed -= fitting.seconds;
      continue;
    }
    const smallest = estimates.at(-1);
    if (smallest === undefined) continue;
    const facts = { case: "tooLong" as const, needed: smallest.seconds, left: Math.max(0, allowed) };
    chosen.leftOut.push({ ...labelOf(smallest.test), reason: { code: "time", facts } });
  }
  return chosen;
}

export function labelOf(test: BenchmarkTest): Pick<LeftOutTest, "name" | "depth"> {
  return { name: testName(test), depth: test.depth };
}
