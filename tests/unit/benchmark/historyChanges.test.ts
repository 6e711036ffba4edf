import { expect, test } from "vitest";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { historyChanges } from "../../../electron/workbench/benchmark/historyChanges.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const same = { change: "same", ratio: 1 };

type Changes = Parameters<typeof conditionsWith>[0];

const result = (id: string, writing: number, changes: Changes = {}, more: Partial<BenchmarkResult> = {}) =>
  benchmarkResult({
    id,
    tests: [testResult(512, 0, [100, 101, 102]), testResult(0, 128, [writing, writing, writing])],
    conditions: conditionsWith(changes),
    ...more,
  });

test("each result is compared with the run before it of the same model and plan on this machine", () => {
  const changes = historyChanges([
    result("newest", 26.5),
    result("other model", 80, { model: { id: "small" } }),
    result("quick", 30, {}, { plan: "quick" }),
    result("elsewhere", 50, { machine: { id: "elsewhere" } }),
    result("second", 25.1),
    result("oldest", 25),
  ]);
  expect(changes).toEqual([
    { resultId: "second", differing: [], writing: { change: "same", ratio: 25.1 / 25 }, reading: same },
    { resultId: "newest", differing: [], writing: { change: "faster", ratio: 26.5 / 25.1 }, reading: same },
  ]);
});

test("other settings or another file are not compared, and named; power and heat only explain a change", () => {
  const file = { files: [{ name: "distill.gguf", sizeBytes: 1, sha256: "b".repeat(64) }] };
  const [threads, otherFile, battery] = historyChanges([
    result("on battery", 20, { model: file, power: { source: "battery" }, thermal: { throttled: true } }),
    result("other file", 25, { model: file }),
    result("two threads", 25, { engine: { llamaRelease: "b7000" } }),
    result("four threads", 22, { settings: { threads: 4, batchSize: 256 } }),
  ]);
  expect(threads).toEqual({
    resultId: "two threads",
    differing: ["threads", "batchSize"],
    writing: null,
    reading: null,
  });
  expect(otherFile?.differing).toEqual(["modelFile"]);
  expect(battery).toMatchObject({ differing: [], writing: { change: "slower", ratio: 0.8 } });
});

test("what only one of the two measured has no change", () => {
  const readingOnly = result("one", 0, {}, { tests: [testResult(512, 0, [101])] });
  expect(historyChanges([result("two", 25), readingOnly])).toMatchObject([{ writing: null, reading: same }]);
  expect(historyChanges([readingOnly])).toEqual([]);
});
