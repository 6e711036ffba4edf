import { expect, it } from "vitest";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import type { Model } from "../../../electron/contract/models.ts";
import type { NoiseReason } from "../../../electron/contract/noise.ts";
import type { ReplySettings } from "../../../electron/workbench/fit/replySettings.ts";
import { speedsOfResults } from "../../../electron/workbench/fit/speedsOfResults.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const result = benchmarkResult();
const machineId = result.conditions.machine.id;
const engine = { llamaRelease: "b6000", backend: "cpu" } as const;
const distill = { id: "distill", sizeBytes: 1_117_320_576 } as Model;
/** What a reply has on a machine where flash attention is on. */
const inReplies: ReplySettings = { flashAttention: true, kvCacheType: "f16", memoryMapped: true, largePages: false };
const speeds = (results: BenchmarkResult[], models = [distill], settings: ReplySettings | null = inReplies) =>
  speedsOfResults({ machineId, results }, models, engine, () => settings);
const withSettings = (settings: Partial<BenchmarkResult["conditions"]["settings"]>): BenchmarkResult => ({
  ...result,
  conditions: conditionsWith({ settings }),
});

it("each test that only reads or only generates is a measurement, with its spread as its error", () => {
  const mixed = testResult(1280, 3072, [20, 20, 20]);
  expect(speeds([{ ...result, tests: [...result.tests, mixed, testResult(0, 128, [20, 20, 24, 24], 2048)] }])).toEqual([
    {
      modelId: "distill",
      backend: "cpu",
      kind: "reading",
      threads: 2,
      depth: 0,
      tokensPerSecond: 104,
      error: 4 / 104,
      asInReplies: true,
    },
    {
      modelId: "distill",
      backend: "cpu",
      kind: "generation",
      threads: 2,
      depth: 0,
      tokensPerSecond: 25,
      error: 1 / 25,
      asInReplies: true,
    },
    {
      modelId: "distill",
      backend: "cpu",
      kind: "generation",
      threads: 2,
      depth: 2048,
      tokensPerSecond: 22,
      error: 4 / 22,
      asInReplies: true,
    },
  ]);
});

const noisy = (reason: NoiseReason): BenchmarkResult => ({
  ...result,
  noise: { ...result.noise, noisy: true, reasons: [reason] },
});

it("a result that is noisy only by its spread counts, since the spread is the error", () => {
  const facts = { case: "test" as const, test: "tg128", share: 0.14 };
  expect(speeds([noisy({ code: "spread", facts })])).toEqual(speeds([result]));
  // What an earlier version stored about it counts as well.
  const told = { about: "spread", sentence: "The runs of tg128 differ." };
  expect(speeds([noisy({ code: "told-earlier", facts: told })])).toEqual(speeds([result]));
});

it("runs that all agree are still not exact", () => {
  const [only] = speeds([{ ...result, tests: [testResult(0, 128, [25, 25, 25])] }]);
  expect(only?.error).toBe(0.03);
});

it("disturbed results, and those under other conditions, are left out", () => {
  expect(speeds([result])).toHaveLength(2);
  expect(speeds([noisy({ code: "other-load", facts: { case: "all", share: 0.3 } })])).toEqual([]);
  expect(speeds([noisy({ code: "throttled", facts: {} })])).toEqual([]);
  const told = { about: "throttled", sentence: "The processor slowed itself down because of heat." };
  expect(speeds([noisy({ code: "told-earlier", facts: told })])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ engine: { llamaRelease: "b6100" } }) }])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ engine: { backend: "cuda" } }) }])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ machine: { id: "another" } }) }])).toEqual([]);
  expect(speeds([{ ...result, conditions: conditionsWith({ settings: { kvCacheType: "q8_0" } }) }])).toEqual([]);
  expect(speeds([result], [{ ...distill, sizeBytes: 5 }])).toEqual([]);
  expect(speeds([result], [])).toEqual([]);
});

it("only results with the settings that replies have count as measured; others have a larger error", () => {
  const generation = (results: BenchmarkResult[], settings: ReplySettings | null) =>
    speeds(results, [distill], settings).at(-1);
  const onCpu: ReplySettings = { ...inReplies, flashAttention: false };
  expect(generation([withSettings({ flashAttention: false })], onCpu)).toMatchObject({
    error: 0.04,
    asInReplies: true,
  });
  const other = generation([withSettings({ flashAttention: true })], onCpu);
  expect(other).toMatchObject({ tokensPerSecond: 25, asInReplies: false });
  expect(other?.error).toBeCloseTo(Math.hypot(0.04, 0.13));
  // What llama.cpp did not report is on, as this release decides.
  expect(generation([withSettings({ flashAttention: null })], onCpu)?.asInReplies).toBe(false);
  expect(generation([withSettings({ flashAttention: null })], inReplies)?.asInReplies).toBe(true);
  const read = withSettings({ memoryMapped: false });
  expect(generation([read], inReplies)?.asInReplies).toBe(false);
  expect(generation([read], { ...inReplies, memoryMapped: false })?.asInReplies).toBe(true);
  // On a graphics card, the library decides how the file is read.
  expect(generation([read], { ...inReplies, memoryMapped: null })?.asInReplies).toBe(true);
  const large = withSettings({ largePages: true });
  expect(generation([large], inReplies)?.asInReplies).toBe(false);
  expect(generation([large], { ...inReplies, largePages: true })?.asInReplies).toBe(true);
  const quantized = withSettings({ kvCacheType: "q8_0" });
  expect(generation([quantized], { ...inReplies, kvCacheType: "q8_0" })?.asInReplies).toBe(true);
  expect(generation([result], { ...inReplies, kvCacheType: "q8_0" })?.asInReplies).toBe(false);
  expect(generation([result], null)?.asInReplies).toBe(false);
});
