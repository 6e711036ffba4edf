import { expect, test } from "vitest";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { type Backend, type EngineInfo, unusableBackend } from "../../../electron/contract/engine.ts";
import { type GgufFacts, type FileModel, modelChoicesSchema } from "../../../electron/contract/models.ts";
import { createFit } from "../../../electron/workbench/fit/createFit.ts";
import { scaledCosts } from "../../../electron/workbench/fit/scaledCosts.ts";
import type { KnownTrials, SpeedTrialsOwner } from "../../../electron/workbench/fit/speedTrials.ts";
import { typicalCosts } from "../../../electron/workbench/fit/typicalCosts.ts";
import { benchmarkResult, conditionsWith } from "../../support/benchmark/benchmarkResult.ts";
import { nano } from "../renderer/fakeBridge.ts";
import { distill15b } from "./distill15b.ts";

const info = {
  backend: "cpu",
  computeCores: 4,
  probes: [],
  llamaRelease: "b1",
  cpuFeatures: [],
} as unknown as EngineInfo;
const shape = (weightsBytes: number) => ({ ...distill15b, weightsBytes });

interface Machine {
  cores?: number;
  weightsBytes?: number;
  threads?: number | null;
  results?: BenchmarkResult[];
  /** The backends besides the processor. */
  cards?: Backend[];
  /** Until this resolves, the backends are being tried. */
  tried?: Promise<void>;
  setting?: Backend | null;
  gpuLayers?: number | null;
}

/** Opens predictions on a machine with one model, and counts what is read from the disk. */
function open(machine: Machine) {
  const { cores = 2, weightsBytes = 1e9, threads = null, results = [], cards = [], setting = null } = machine;
  const { tried, gpuLayers = null } = machine;
  const model: FileModel = { ...nano, id: "m", source: { kind: "file", path: "/m.gguf" }, sizeBytes: weightsBytes };
  const matrices = [{ use: "layers", typeName: "Q4_K", weights: weightsBytes * 1.8, sizeBytes: weightsBytes }] as const;
  const facts = { shape: shape(weightsBytes), matrices: [...matrices], contextLength: 32_768 } as unknown as GgufFacts;
  const costs = typicalCosts(2);
  const kept: KnownTrials["kept"] = {
    machine: "m",
    app: "",
    threads: 2,
    measuredAt: 1,
    noisy: false,
    cpu: costs,
    cards: cards.map((backend) => ({ backend, costs: scaledCosts(costs, 0.5), failure: null })),
  };
  const memory = { totalBytes: 10e9, freeBytes: 10e9 };
  const usable = (backend: Backend) => ({ ...unusableBackend(backend, { code: "found" }), usable: true, memory });
  const here: EngineInfo = { ...info, probes: [...cards, "cpu" as const].map(usable) };
  const known: KnownTrials = { kept, info: here, threads: cores };
  const reads = { list: 0, facts: 0, history: 0 };
  const asked: (number | null)[] = [];
  const fit = createFit({
    trials: {
      here: async (when: "now" | "engine-ready") =>
        tried === undefined ? known : when === "now" ? null : (await tried, known),
    } as unknown as SpeedTrialsOwner,
    catalog: () => Promise.resolve([]),
    library: {
      list: () => Promise.resolve((reads.list++, [model])),
      chooseFile: () => Promise.resolve(model),
      answering: () => Promise.resolve(model),
      facts: () => Promise.resolve((reads.facts++, facts)),
    },
    choices: { get: () => Promise.resolve(modelChoicesSchema.parse({ threads, gpuLayers })) },
    replySpeeds([listed]) {
      asked.push(listed?.measuredTokensPerSecond ?? null);
      return Promise.resolve([]);
    },
    setting: () => setting,
    heldBy: () => null,
    usableBytes: () => Promise.resolve(16e9),
    contextSize: () => null,
    history: () => Promise.resolve((reads.history++, { machineId: conditionsWith().machine.id, results })),
  });
  return { fit, model, reads, asked };
}

const subject = { kind: "model", modelId: "m" } as const;

/** Returns the predicted speed of a model of this size, with these cores available and a choice of threads or none. */
async function predicted(weightsBytes: number, cores: number, threads: number | null): Promise<number> {
  const { speed } = await open({ weightsBytes, cores, threads }).fit.of(subject, { contextSize: null, depth: 0 });
  return speed?.generation.value ?? 0;
}

test("the speed is predicted for the threads with which the model would be loaded now", async () => {
  const two = await predicted(1e9, 2, null);
  expect(await predicted(1e9, 1, null)).toBeLessThan(two * 0.7);
  expect(await predicted(1e9, 4, null)).toBeGreaterThan(two * 1.3);
  // A choice takes precedence, however many cores there are.
  expect(await predicted(1e9, 1, 2)).toBeCloseTo(two, 6);
  // A tiny model gets one thread.
  expect(await predicted(1e6, 4, null)).toBeCloseTo(await predicted(1e6, 4, 1), 6);
});

test("on the CPU, a benchmark with flash attention is not taken for the speed of replies, which are without", async () => {
  const measuredWith = async (flashAttention: boolean) => {
    const { files, ...model } = conditionsWith().model;
    const conditions = conditionsWith({
      engine: { llamaRelease: info.llamaRelease },
      model: { ...model, id: "m", files: files.map((file) => ({ ...file, sizeBytes: 1e9 })) },
      settings: { flashAttention },
    });
    const { fit } = open({ results: [benchmarkResult({ conditions })] });
    const { backends, speed } = await fit.of(subject, { contextSize: null, depth: 0 });
    return { code: backends[0]?.measured.code, value: speed?.generation.value };
  };
  expect(await measuredWith(false)).toEqual({ code: "itself", value: 25 });
  const other = await measuredWith(true);
  expect(other.code).toBe("trials");
  expect(other.value).not.toBe(25);
});

test("messages read the models, their files and the benchmarks once, until something about them changes", async () => {
  const { fit, model, reads, asked } = open({ cards: ["vulkan"] });
  for (let message = 0; message < 3; message++) await fit.backendFor(model);
  expect(reads).toEqual({ list: 1, facts: 1, history: 1 });
  // A reply changes only the model's own speed.
  fit.changed({ modelId: "m", lastUsedAt: 2, measuredTokensPerSecond: 21 });
  await fit.backendFor(model);
  expect(reads).toEqual({ list: 1, facts: 1, history: 1 });
  expect(asked).toEqual([null, null, null, 21]);
  fit.changed(null);
  await fit.backendFor(model);
  expect(reads).toEqual({ list: 2, facts: 2, history: 2 });
});

test("only a model that may need a card waits until the backends have been tried", async () => {
  const cards: Backend[] = ["vulkan"];
  const never = new Promise<void>(() => undefined);
  const small = open({ cards, weightsBytes: 1e6, tried: never });
  expect(await small.fit.backendFor(small.model)).toBe("cpu");
  for (const machine of [{ setting: "cpu" }, { gpuLayers: 0 }] satisfies Machine[]) {
    const large = open({ ...machine, cards, tried: never });
    expect(await large.fit.backendFor(large.model)).toBe("cpu");
  }
  const waiting: Machine[] = [{}, { weightsBytes: 1e6, setting: "vulkan" }, { weightsBytes: 1e6, gpuLayers: 4 }];
  for (const machine of waiting) {
    let tell = (): void => undefined;
    const tried = new Promise<void>((resolve) => (tell = resolve));
    const { fit, model } = open({ ...machine, cards, tried });
    let answered = false;
    const backend = fit.backendFor(model).finally(() => (answered = true));
    await new Promise((settled) => setImmediate(settled));
    expect(answered).toBe(false);
    tell();
    expect(await backend).toBe("vulkan");
  }
});
