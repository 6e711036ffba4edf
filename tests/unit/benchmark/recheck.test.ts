import { expect, test } from "vitest";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import type { EngineInfo } from "../../../electron/contract/engine.ts";
import type { MachineProfile } from "../../../electron/contract/hardware.ts";
import type { Language } from "../../../electron/contract/languages.ts";
import { recheckChangeText } from "../../../electron/texts/benchmark/recheckChangeText.ts";
import { recheckText } from "../../../electron/texts/benchmark/recheckText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { recheckOf } from "../../../electron/workbench/benchmark/recheckOf.ts";
import { recheckVerdict } from "../../../electron/workbench/benchmark/recheckVerdict.ts";
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

const english = openTexts("en");

test("reports by how much the same settings are slower or faster than before", () => {
  const since = before.startedAt;
  const told = (...results: BenchmarkResult[]): string | null => {
    const verdict = recheckVerdict(results);
    return verdict === null ? null : recheckText(english, verdict);
  };
  const when = english.figures.dayAndTime(since);
  const slower = later([22, 22, 22, 22, 22]);
  expect(recheckVerdict([slower, before])).toEqual({
    since,
    speed: { change: "slower", ratio: 22 / 25 },
    reading: { change: "same", ratio: 1 },
  });
  expect(told(slower, before)).toBe(`12 % slower than on ${when} with the same settings.`);
  expect(told(later([30, 30, 30, 30, 30], [50, 51, 52, 53, 54]), before)).toBe(
    `20 % faster than on ${when} with the same settings. Reading is 50 % slower.`,
  );
  expect(told(later([25, 25, 25, 25, 26]), before)).toBe(`As fast as on ${when} with the same settings.`);
});

test("reports it in French and Chinese", () => {
  const verdict = { since: new Date(2026, 8, 3, 14, 5).getTime(), speed: { change: "slower", ratio: 0.88 } } as const;
  const told = (language: Language): string =>
    recheckText(openTexts(language), { ...verdict, reading: null }).replaceAll(/[\u00a0\u202f]/g, " ");
  expect(told("fr")).toBe("12 % plus lent que le 3 sept. 2026 à 14:05 avec les mêmes paramètres.");
  expect(told("zh-CN")).toBe("比 2026年9月3日 14:05 相同设置下的结果慢 12%。");
});

test("ignores results that cannot be compared, and has no verdict without one that can", () => {
  const newest = later([22, 22, 22, 22, 22]);
  const fourThreads = benchmarkResult({ id: "x", conditions: conditionsWith({ settings: { threads: 4 } }) });
  const otherFile = benchmarkResult({
    id: "y",
    conditions: conditionsWith({ model: { files: [{ name: "distill.gguf", sizeBytes: 1, sha256: "b".repeat(64) }] } }),
  });
  expect(recheckVerdict([newest, fourThreads, otherFile, before])).toMatchObject({ speed: { ratio: 22 / 25 } });
  expect(recheckVerdict([newest, fourThreads, otherFile])).toBeNull();
  expect(recheckVerdict([newest])).toBeNull();
  expect(recheckVerdict([])).toBeNull();
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

test("an engine or driver change is reported, with a check of the same settings", () => {
  expect(recheckOf([before], info, machine)).toMatchObject({ lastResultId: "one", changes: [] });
  const gpu = { name: "Card", backend: null, totalBytes: null, freeBytes: null, driver: "560.1" };
  const changed = recheckOf([before], { ...info, llamaRelease: "b6100" }, { ...machine, gpus: [gpu] });
  expect(changed.changes).toEqual([
    { part: "llama", was: "b6000", is: "b6100" },
    { part: "driver", was: null, is: "560.1" },
  ]);
  expect(changed.changes.map((change) => recheckChangeText(english, change))).toEqual([
    "llama.cpp was b6000 and is now b6100.",
    "The graphics driver 560.1 is new.",
  ]);
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
      largePages: false,
    },
  });
});

test("a model that was never measured has nothing to check", () => {
  expect(recheckOf([], info, machine)).toEqual({ lastResultId: null, changes: [], start: null, verdict: null });
});
