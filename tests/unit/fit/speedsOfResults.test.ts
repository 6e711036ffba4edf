import { expect, it } from "vitest";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { speedsOfResults } from "../../../electron/workbench/fit/speedsOfResults.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const result = benchmarkResult();
const machineId = result.conditions.machine.id;
const engine = { llamaRelease: "b6000", backend: "cpu" } as const;
const distill = { id: "distill", sizeBytes: 1_117_320_576 } as Model;
const speeds = (results: BenchmarkResult[], models = [distill]) =>
  speedsOfResults({ machineId, results }, models, engine);

it("each test that only reads or only generates is a measurement, with its spread as its error", () => {
  const mixed = testResult(1280, 3072, [20, 20, 20]);
  expect(speeds([{ ...result, tests: [...result.tests, mixed, testResult(0, 128, [20, 20, 24, 24], 2048)] }])).toEqual([
    { modelId: "distill", kind: "reading", threads: 2, depth: 0, tokensPerSecond: 104, error: 4 / 104 },
    { modelId: "distill", kind: "generation", threads: 2, depth: 0, tokensPerSecond: 25, error: 1 / 25 },
    { modelId: "distill", kind: "generation", threads: 2, depth: 2048, tokensPerSecond: 22, error: 4 / 22 },
  ]);
});

const noisy = (kind: "other-load" | "throttled" | "spread"): BenchmarkResult => ({
  ...result,
  noise: { ...result.noise, noisy: true, reasons: [{ kind, message: "It was." }] },
});

it("a result that is noisy by its spread alone counts: the spread is the error", () => {
  expect(speeds([noisy("spread")])).toEqual(speeds([result]));
});

it("runs that all agree are still not exact", () => {
  const [only] = speeds([{ ...result, tests: [testResult(0, 128, [25, 25, 25])] }]);
  expect(only?.error).toBe(0.03);
});

it("what answers another question is left out", () => {
  expect(speeds([result])).toHaveLength(2);
  expect(speeds([noisy("other-load")])).toEqual([]);
  expect(speeds([noisy("throttled")])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ engine: { llamaRelease: "b6100" } }) }])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ engine: { backend: "cuda" } }) }])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ machine: { id: "another" } }) }])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ settings: { kvCacheType: "q8_0" } }) }])).toEqual([]);
  expect(speeds([result], [{ ...distill, sizeBytes: 5 }])).toEqual([]);
  expect(speeds([result], [])).toEqual([]);
});
