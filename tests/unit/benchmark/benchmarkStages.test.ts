import { expect, test } from "vitest";
import type { BenchmarkTest } from "../../../electron/contract/benchmark.ts";
import {
  benchmarkStages,
  type BenchmarkStage,
  withinContext,
  withinTime,
} from "../../../electron/workbench/benchmark/benchmarkStages.ts";
import { SpeedBook } from "../../../electron/workbench/benchmark/SpeedBook.ts";

const reads = (promptTokens: number, depth = 0): BenchmarkTest => ({ promptTokens, generatedTokens: 0, depth });
const writes = (generatedTokens: number, depth = 0): BenchmarkTest => ({ promptTokens: 0, generatedTokens, depth });

function book(reading: number, writing: number): SpeedBook {
  const speeds = new SpeedBook();
  speeds.learn(reads(512), [reading]);
  speeds.learn(writes(128), [writing]);
  return speeds;
}

const standard = () => benchmarkStages({ kind: "standard", minutes: 10 }, new SpeedBook());
const allSizes = (stages: BenchmarkStage[]) => stages.map(({ tests }) => tests.map(({ sizes }) => sizes));
const unlimited = Number.POSITIVE_INFINITY;

test("the standard plan: both tests at three depths, and R1's case in five sizes", () => {
  const [base, middle, r1, deep] = allSizes(standard());
  expect(base).toEqual([[reads(512)], [writes(128)]]);
  expect(middle).toEqual([[reads(512, 2048)], [writes(128, 2048)]]);
  expect(deep).toEqual([[reads(512, 8192)], [writes(128, 8192)]]);
  expect(r1?.[0]?.map(({ promptTokens, generatedTokens }) => [promptTokens, generatedTokens])).toEqual([
    [1280, 3072],
    [640, 1536],
    [320, 768],
    [160, 384],
    [80, 192],
  ]);
  expect(standard().every(({ repeats }) => repeats === 5)).toBe(true);
});

test("tests that exceed the context are left out with the reason, and replaced by a smaller size if there is one", () => {
  const reason = { code: "context" as const, facts: { most: 2048 } };
  const { stages, leftOut } = withinContext(standard(), 2048, reason);
  expect(leftOut).toEqual([
    { name: "pp512", depth: 2048, reason },
    { name: "tg128", depth: 2048, reason },
    { name: "pp512", depth: 8192, reason },
    { name: "tg128", depth: 8192, reason },
  ]);
  expect(stages).toHaveLength(2);
  expect(stages[1]?.tests[0]?.sizes[0]).toEqual({ promptTokens: 320, generatedTokens: 768, depth: 0 });
});

test("a context one token larger than a test needs can hold it", () => {
  const stages = benchmarkStages({ kind: "custom", tests: [reads(512, 2048)], repeats: 1 }, new SpeedBook());
  const reason = { code: "context" as const, facts: { most: 2561 } };
  expect(withinContext(stages, 2561, reason).leftOut).toEqual([]);
  expect(withinContext(stages, 2560, reason).stages).toEqual([]);
});

test("a fast machine measures R1's case in full, a slow one measures a part of it or none", () => {
  const stage = standard()[2] as BenchmarkStage;
  const at = (reading: number, writing: number, seconds: number) => withinTime(stage, book(reading, writing), seconds);
  expect(at(3000, 200, 600).tests).toMatchObject([{ promptTokens: 1280, generatedTokens: 3072 }]);
  expect(at(100, 25, 500).tests).toMatchObject([{ promptTokens: 320, generatedTokens: 768 }]);
  expect(at(20, 5, 300)).toEqual({
    tests: [],
    leftOut: [
      {
        name: "pp80+tg192",
        depth: 0,
        reason: { code: "time", facts: { case: "tooLong", needed: 216, left: 150 } },
      },
    ],
  });
});

test("the tests at depth 0 and a custom plan run, however long they take", () => {
  const slow = book(1, 0.1);
  expect(withinTime(standard()[0] as BenchmarkStage, slow, 0)).toEqual({
    tests: [reads(512), writes(128)],
    leftOut: [],
  });
  const custom = benchmarkStages({ kind: "custom", tests: [reads(4096, 8192)], repeats: 50 }, slow);
  expect(withinTime(custom[0] as BenchmarkStage, slow, 0).tests).toEqual([reads(4096, 8192)]);
});

test("the quick plan fills 30 s with two to five runs", () => {
  const repeats = (speeds: SpeedBook) => benchmarkStages({ kind: "quick" }, speeds)[0]?.repeats;
  expect(repeats(book(1000, 100))).toBe(5);
  // 5.12 s to read, 4 s to write: with the warm-up, 5.12 + 2 × 9.12 = 23 s, a third run would be 32 s.
  expect(repeats(book(100, 32))).toBe(2);
  expect(repeats(book(128, 32))).toBe(3);
  expect(repeats(book(5, 1))).toBe(2);
  expect(repeats(new SpeedBook())).toBe(3);
});

test("times are computed from speeds; at depths that were not measured, slower speeds are assumed", () => {
  const speeds = book(100, 25);
  expect(speeds.secondsOfRun({ promptTokens: 1280, generatedTokens: 3072, depth: 0 })).toBeCloseTo(12.8 + 122.88);
  expect(speeds.secondsOfTest(reads(512), 5)).toBeCloseTo(5.12 * 6);
  expect(speeds.secondsOfRun(writes(128, 8192))).toBeCloseTo(5.12 * 2);
  speeds.learn(writes(128, 8192), [20]);
  expect(speeds.secondsOfRun(writes(128, 8192))).toBeCloseTo(6.4);
  expect(new SpeedBook().secondsOfRun(writes(1))).toBeNull();
  expect(withinTime(standard()[1] as BenchmarkStage, new SpeedBook(), unlimited).tests).toHaveLength(2);
});

test("a test that reads and writes gives neither speed", () => {
  const speeds = new SpeedBook();
  speeds.learn({ promptTokens: 16, generatedTokens: 16, depth: 0 }, [10]);
  expect(speeds.secondsOfRun(reads(16))).toBeNull();
});
