import { expect, test } from "vitest";
import {
  type Backend,
  type BackendProbe,
  type EngineInfo,
  unusableBackend,
} from "../../../electron/contract/engine.ts";
import type { GgufFacts, FileModel } from "../../../electron/contract/models.ts";
import {
  fromFacts,
  machineSpeeds,
  type Measurement,
  type SpeedSources,
} from "../../../electron/workbench/fit/machineSpeeds.ts";
import { scaledCosts } from "../../../electron/workbench/fit/scaledCosts.ts";
import type { KeptCard } from "../../../electron/workbench/fit/trialsStore.ts";
import { typicalCosts } from "../../../electron/workbench/fit/typicalCosts.ts";
import { nano } from "../renderer/fakeBridge.ts";
import { distill15b } from "./distill15b.ts";

const cpu = typicalCosts(2);
function facts(weightsBytes: number): GgufFacts {
  const matrices = [{ use: "layers", typeName: "Q4_K", weights: weightsBytes * 1.8, sizeBytes: weightsBytes }];
  return { shape: { ...distill15b, weightsBytes }, matrices } as unknown as GgufFacts;
}

const probe = (backend: Backend, freeBytes: number | null, software = false): BackendProbe => ({
  ...unusableBackend(backend, { code: "found" }),
  usable: true,
  software,
  devices: backend === "cpu" ? [] : [`${backend} card`],
  memory: freeBytes === null ? null : { totalBytes: freeBytes, freeBytes },
});

/** A card that is so many times slower than the processor. */
const card = (backend: Backend, slower: number, failure: KeptCard["failure"] = null): KeptCard => ({
  backend,
  failure,
  costs: failure === null ? scaledCosts(cpu, slower) : null,
});

interface Machine {
  probes: BackendProbe[];
  cards?: KeptCard[] | null;
  measured?: Partial<Measurement>[];
  setting?: Backend | null;
  gpuLayers?: number | null;
  heldBy?: Backend | null;
  /** Whether other programs were at work during the trials, and how far the processor's were from complete. */
  noisy?: boolean;
  estimated?: number;
}

/** Returns the backend for a model of this size, and its speeds by backend. */
async function chosen(weightsBytes: number, machine: Machine) {
  const { probes, cards = [], measured = [] } = machine;
  const model: FileModel = {
    ...nano,
    id: "m",
    source: { kind: "file", path: "/m.gguf" },
    measuredTokensPerSecond: null,
  };
  const { noisy = false, estimated = 0 } = machine;
  const costs = { ...cpu, estimated };
  const kept = cards === null ? null : { machine: "m", app: "", threads: 2, measuredAt: 1, noisy, cpu: costs, cards };
  const sources: SpeedSources = {
    here: { kept, info: { computeCores: 2, probes } as unknown as EngineInfo, threads: 2 },
    models: [model],
    facts: () => Promise.resolve(facts(weightsBytes)),
    choices: () => Promise.resolve({ threads: null, gpuLayers: machine.gpuLayers ?? null }),
    measurements: () =>
      Promise.resolve(
        measured.map((one) => ({
          modelId: "m",
          backend: "cpu",
          kind: "generation",
          threads: 2,
          depth: 0,
          tokensPerSecond: 1,
          error: 0.03,
          asInReplies: true,
          ...one,
        })),
      ),
    setting: machine.setting ?? null,
    heldBy: () => machine.heldBy ?? null,
  };
  const timed = fromFacts("m", facts(weightsBytes));
  if (timed === null) throw new Error("The model has no shape.");
  const { backends, choice, speed } = (await machineSpeeds(sources)).of(timed, 0);
  const speeds = Object.fromEntries(backends.map((each) => [each.backend, each.speed?.generation.value ?? null]));
  return { ...choice, backends, speeds, speed: speed?.generation.value ?? null };
}

test("a card with room for the model is chosen if it is faster, and its speed is predicted", async () => {
  const fast = { probes: [probe("vulkan", 8e9), probe("cpu", null)], cards: [card("vulkan", 0.2)] };
  const { backend, why, speeds, speed, backends } = await chosen(1.1e9, fast);
  expect({ backend, why }).toEqual({ backend: "vulkan", why: "faster" });
  expect(speeds["vulkan"]).toBeCloseTo((speeds["cpu"] ?? 0) * 5, 1);
  expect(speed).toBe(speeds["vulkan"]);
  expect(backends.map((each) => each.backend)).toEqual(["cpu", "vulkan"]);
  const slow = await chosen(1.1e9, { ...fast, cards: [card("vulkan", 50)] });
  expect(slow).toMatchObject({ backend: "cpu", why: "faster" });
  expect(slow.speed).toBe(slow.speeds["cpu"]);
});

test("the choice is made for each model: what fits a card of little memory may run there, and larger models may not", async () => {
  // Vulkan is faster by half, CUDA by a factor of four with room for a small model only.
  const probes = [probe("cuda", 0.4e9), probe("vulkan", 32e9), probe("cpu", null)];
  const cards = [card("cuda", 0.25), card("vulkan", 0.66)];
  expect((await chosen(0.11e9, { probes, cards })).backend).toBe("cuda");
  expect((await chosen(8e9, { probes, cards })).backend).toBe("vulkan");
});

test("software is compared like a card, but is no default before it was measured", async () => {
  const probes = [probe("vulkan", 2e9, true), probe("cpu", null)];
  expect(await chosen(1.1e9, { probes, cards: null })).toMatchObject({ backend: "cpu", why: "software", speed: null });
  const real = [probe("vulkan", 2e9), probe("cpu", null)];
  expect(await chosen(1.1e9, { probes: real, cards: null })).toMatchObject({ backend: "vulkan", why: "unmeasured" });
  const measured = await chosen(1.1e9, { probes, cards: [card("vulkan", 56)] });
  expect(measured).toMatchObject({ backend: "cpu", why: "faster" });
  expect(measured.backends[1]).toMatchObject({ software: true, measured: { code: "trials" } });
});

test("a card that failed has no speed and says why; one that was cut short has an upper limit", async () => {
  const probes = [probe("vulkan", 8e9), probe("cpu", null)];
  const late = await chosen(1.1e9, { probes, cards: [card("vulkan", 1, { code: "late", seconds: 20 })] });
  expect(late).toMatchObject({ backend: "cpu", why: "failed", speeds: { vulkan: null } });
  expect(late.backends[1]?.measured).toEqual({ code: "late", facts: { seconds: 20 } });
  const stopped = await chosen(1.1e9, { probes, cards: [card("vulkan", 1, { code: "stopped" })] });
  expect(stopped.backends[1]?.measured.code).toBe("stopped");
  const slow = { ...card("vulkan", 50), costs: { ...scaledCosts(cpu, 50), estimated: 0.6 } };
  const cut = await chosen(1.1e9, { probes, cards: [slow] });
  expect(cut).toMatchObject({ backend: "cpu", why: "faster" });
  expect(cut.backends[1]?.measured.code).toBe("slow");
});

test("figures from a machine too busy to be measured do not decide", async () => {
  const cut = (slower: number): KeptCard => ({
    ...card("vulkan", slower),
    costs: { ...scaledCosts(cpu, slower), estimated: 0.6 },
  });
  // The processor got so little time that software on it seemed to be faster.
  const software = [probe("vulkan", 2e9, true), probe("cpu", null)];
  const busy = { noisy: true, estimated: 0.6 };
  expect(await chosen(1.1e9, { probes: software, cards: [cut(0.2)], ...busy })).toMatchObject({
    backend: "cpu",
    why: "software",
  });
  expect((await chosen(1.1e9, { probes: software, cards: [card("vulkan", 0.5)], noisy: true })).backend).toBe("cpu");
  // A real card stays the default, and is not said to have been measured.
  const real = [probe("vulkan", 8e9), probe("cpu", null)];
  expect(await chosen(1.1e9, { probes: real, cards: [cut(5)], ...busy })).toMatchObject({
    backend: "vulkan",
    why: "unmeasured",
  });
  // What was measured in time decides even if the other was not.
  expect(await chosen(1.1e9, { probes: real, cards: [cut(50)] })).toMatchObject({ backend: "cpu", why: "faster" });
  expect(await chosen(1.1e9, { probes: real, cards: [card("vulkan", 0.1)], ...busy })).toMatchObject({
    backend: "vulkan",
    why: "faster",
  });
});

test("a model that was measured on both backends goes by that, whatever the trials said", async () => {
  const probes = [probe("vulkan", 8e9), probe("cpu", null)];
  const machine = { probes, cards: [card("vulkan", 0.5)] };
  expect((await chosen(1.1e9, machine)).backend).toBe("vulkan");
  const both = (vulkan: number, onCpu: number): Partial<Measurement>[] => [
    { backend: "vulkan", tokensPerSecond: vulkan },
    { backend: "vulkan", kind: "reading", tokensPerSecond: vulkan * 10 },
    { backend: "cpu", tokensPerSecond: onCpu },
    { backend: "cpu", kind: "reading", tokensPerSecond: onCpu * 10 },
  ];
  const measured = await chosen(1.1e9, { ...machine, measured: both(20, 25) });
  expect(measured).toMatchObject({ backend: "cpu", speeds: { vulkan: 20, cpu: 25 } });
  expect(measured.backends.map((each) => each.measured.code)).toEqual(["itself", "itself"]);
  expect((await chosen(1.1e9, { ...machine, measured: both(25, 20) })).backend).toBe("vulkan");
});

test("a measurement with other settings than replies have improves the estimate, and is not shown as measured", async () => {
  const machine = { probes: [probe("cpu", null)] };
  const plain = await chosen(1.1e9, machine);
  const measured = (plain.speed ?? 0) * 1.3;
  const one = { tokensPerSecond: measured, error: 0.13, asInReplies: false };
  const estimated = await chosen(1.1e9, { ...machine, measured: [one] });
  expect(estimated.backends[0]?.measured.code).toBe("trials");
  expect(estimated.speed).toBeGreaterThan((plain.speed ?? 0) * 1.05);
  expect(estimated.speed).toBeLessThan(measured * 0.98);
  const asReplied = await chosen(1.1e9, { ...machine, measured: [one, { tokensPerSecond: 20 }] });
  expect(asReplied.backends[0]?.measured.code).toBe("itself");
  expect(asReplied.speed).toBe(20);
});

test("a speed of one backend says nothing about another", async () => {
  const probes = [probe("vulkan", 8e9), probe("cpu", null)];
  const machine = { probes, cards: [card("vulkan", 0.8)] };
  const before = await chosen(1.1e9, machine);
  const after = await chosen(1.1e9, { ...machine, measured: [{ backend: "vulkan", tokensPerSecond: 2 }] });
  expect(after.speeds["cpu"]).toBe(before.speeds["cpu"]);
  expect(after).toMatchObject({ backend: "cpu", speeds: { vulkan: 2 } });
});

test("what the user chose comes first", async () => {
  const probes = [probe("vulkan", 8e9), probe("cpu", null)];
  const machine = { probes, cards: [card("vulkan", 50)] };
  expect(await chosen(1.1e9, { ...machine, setting: "vulkan" })).toMatchObject({ backend: "vulkan", why: "chosen" });
  expect(await chosen(1.1e9, { ...machine, gpuLayers: 10 })).toMatchObject({ backend: "vulkan", why: "layers" });
});
