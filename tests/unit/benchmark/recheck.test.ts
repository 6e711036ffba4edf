import { expect, test } from "vitest";
import type { EngineInfo } from "../../../electron/contract/engine.ts";
import type { MachineProfile } from "../../../electron/contract/hardware.ts";
import { recheckOf } from "../../../electron/workbench/benchmark/recheckOf.ts";
import { recheckSentence } from "../../../electron/workbench/benchmark/recheckSentence.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const now = Date.UTC(2026, 10, 25, 12);
const before = benchmarkResult();
const later = (writing: number[], reading = [100, 102, 104, 106, 108]) =>
  benchmarkResult({
    id: "two",
    startedAt: now - 60_000,
    tests: [testResult(512, 0, reading), testResult(0, 128, writing)],
    conditions: conditionsWith({ engine: { llamaRelease: "b6100" } }),
  });

test("says by how much the same settings are slower or faster than before", () => {
  expect(recheckSentence([later([22, 22, 22, 22, 22]), before], now)).toBe(
    "12 % slower than on 3 September with the same settings.",
  );
  expect(recheckSentence([later([30, 30, 30, 30, 30], [50, 51, 52, 53, 54]), before], now)).toBe(
    "20 % faster than on 3 September with the same settings. Reading is 50 % slower.",
  );
  expect(recheckSentence([later([25, 25, 25, 25, 26]), before], now)).toBe(
    "As fast as on 3 September with the same settings.",
  );
});

test("names the year of another year, and the time of the same day", () => {
  const newest = later([22, 22, 22, 22, 22]);
  const old = benchmarkResult({ startedAt: Date.UTC(2025, 0, 9, 12) });
  expect(recheckSentence([newest, old], now)).toContain("than on 9 January 2025 with");
  const today = benchmarkResult({ startedAt: new Date(2026, 10, 25, 7, 5).getTime() });
  expect(recheckSentence([newest, today], new Date(2026, 10, 25, 20).getTime())).toContain("than today at 07:05 with");
});

test("passes over results that cannot be compared, and has nothing to say without one that can", () => {
  const newest = later([22, 22, 22, 22, 22]);
  const fourThreads = benchmarkResult({ id: "x", conditions: conditionsWith({ settings: { threads: 4 } }) });
  const otherFile = benchmarkResult({
    id: "y",
    conditions: conditionsWith({ model: { files: [{ name: "distill.gguf", sizeBytes: 1, sha256: "b".repeat(64) }] } }),
  });
  expect(recheckSentence([newest, fourThreads, otherFile, before], now)).toContain("12 % slower than on 3 September");
  expect(recheckSentence([newest, fourThreads, otherFile], now)).toBeNull();
  expect(recheckSentence([newest], now)).toBeNull();
  expect(recheckSentence([], now)).toBeNull();
});

const info: EngineInfo = {
  pid: 1,
  nodeVersion: "22",
  libraryVersion: "3.21.1",
  llamaRelease: "b6000",
  backend: "cpu",
  probes: [],
  computeCores: 2,
  cpuFeatures: [],
};
const machine = { gpus: [] } as unknown as MachineProfile;

test("an engine or driver change is told, with a check of the same settings", () => {
  expect(recheckOf([before], info, machine)).toMatchObject({ lastResultId: "one", changes: [] });
  const gpu = { name: "Card", backend: null, totalBytes: null, freeBytes: null, driver: "560.1" };
  const changed = recheckOf([before], { ...info, llamaRelease: "b6100" }, { ...machine, gpus: [gpu] });
  expect(changed.changes).toEqual(["llama.cpp was b6000 and is b6100.", "The graphics driver was none and is 560.1."]);
  expect(changed.start).toEqual({
    modelId: "distill",
    plan: { kind: "quick" },
    settings: {
      threads: 2,
      batchSize: 512,
      gpuLayers: null,
      flashAttention: true,
      kvCacheType: "f16",
      memoryMapped: true,
    },
  });
});

test("a model that was never measured has nothing to check", () => {
  expect(recheckOf([], info, machine)).toEqual({ lastResultId: null, changes: [], start: null, sentence: null });
});
