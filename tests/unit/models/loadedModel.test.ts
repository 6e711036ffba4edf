import { expect, test } from "vitest";
import type { EngineInfo } from "../../../electron/contract/engine.ts";
import type { EngineOperation } from "../../../electron/contract/engineProtocol.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { GgufFacts, LoadedFacts, LoadState, Model } from "../../../electron/contract/models.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import type { Clock } from "../../../electron/workbench/models/idleUnload.ts";
import {
  createLoadedModel,
  type LoadedModelOptions,
  type LoadedModelOwner,
} from "../../../electron/workbench/models/loadedModel.ts";
import { createModelUse } from "../../../electron/workbench/models/modelUse.ts";
import { openSettings, type SettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const info: EngineInfo = {
  pid: 1,
  nodeVersion: "22",
  libraryVersion: "3",
  llamaRelease: "b1",
  backend: "cpu",
  probes: [],
  cpuFeatures: [],
  computeCores: 4,
};
const loadedFacts: LoadedFacts = {
  contextSize: 16_384,
  batchSize: 512,
  threads: 2,
  gpuLayers: 0,
  layers: 4,
  flashAttention: true,
  kvCacheType: "f16",
  memoryMapped: true,
  description: "qwen2 ?B Q8_0",
  weightsBytes: 1_000_000,
  loadMs: 5,
};

function model(id: string): Model {
  return {
    id,
    name: id.toUpperCase(),
    source: { kind: "file", path: `/models/${id}.gguf` },
    sizeBytes: 1000,
    quantization: "Q8_0",
    architecture: "qwen2",
    family: "r1",
    parameters: 1,
    contextLength: 32_768,
    licence: null,
    builtIn: false,
    owner: "downloads",
    lastUsedAt: null,
    measuredTokensPerSecond: null,
    verified: null,
    problems: [],
  };
}

function factsOf({ name, sizeBytes, contextLength }: Model): GgufFacts {
  const shape = {
    layers: 4,
    width: 128,
    heads: 4,
    keyValueHeads: 4,
    keyLength: 32,
    valueLength: 32,
    feedForward: 384,
    vocabulary: 262,
    experts: 0,
    activeExperts: 0,
    latentKeyValueElements: null,
    weightsBytes: name === "NANO" ? 1_000_000 : 1_000_000_000,
    repackableBytes: 0,
    largestTensorBytes: 1000,
  };
  const parts = { architecture: "qwen2", quantization: "Q8_0", chatTemplate: null, licence: null, layers: 4 };
  return { ...parts, name, parameters: 1, contextLength, sizeBytes, family: "r1", shape, matrices: [], problems: [] };
}

/** An engine whose answers this test gives by hand: only the order of events is at stake here. */
class HandledEngine {
  generation = 1;
  readonly asked: { operation: EngineOperation; params: unknown }[] = [];
  #answers: {
    finish: (outcome: "done" | "cancelled") => void;
    fail: (error: Error) => void;
    progress: (f: number) => void;
  }[] = [];
  #wake: () => void = () => undefined;

  readonly request = ((
    operation: EngineOperation,
    params: unknown,
    options: { signal?: AbortSignal; onEvent?: (event: unknown) => void } = {},
  ) => {
    this.asked.push({ operation, params });
    if (operation === "unload") return Promise.resolve({ outcome: "done", value: null });
    if (options.signal?.aborted) return Promise.resolve({ outcome: "cancelled", value: null });
    return new Promise((resolve, reject) => {
      const finish = (outcome: "done" | "cancelled") =>
        resolve({ outcome, value: outcome === "done" ? loadedFacts : null });
      options.signal?.addEventListener("abort", () => finish("cancelled"));
      this.#answers.push({ finish, fail: reject, progress: (fraction) => options.onEvent?.({ fraction }) });
      this.#wake();
    });
  }) as LoadedModelOptions["engine"]["request"];

  start(): Promise<EngineInfo> {
    return Promise.resolve(info);
  }

  /** The next load that was asked for. */
  async nextLoad() {
    for (;;) {
      const answer = this.#answers.shift();
      if (answer !== undefined) return answer;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  get operations(): string[] {
    return this.asked.map(({ operation }) => operation);
  }
}

interface Scene {
  engine: HandledEngine;
  settings: SettingsStore;
  owner: LoadedModelOwner;
  states: LoadState[];
  memory: { freeBytes: number };
  machine: { cores: number };
  clock: HandClock;
  home: string;
}

/** Time that passes when told to. */
class HandClock implements Clock {
  time = 0;
  #timer: { at: number; callback: () => void } | null = null;
  now = () => this.time;
  after = (ms: number, callback: () => void) => {
    const timer = { at: this.time + ms, callback };
    this.#timer = timer;
    return () => {
      if (this.#timer === timer) this.#timer = null;
    };
  };
  pass(minutes: number): void {
    this.time += minutes * 60_000;
    const timer = this.#timer;
    if (timer === null || timer.at > this.time) return;
    this.#timer = null;
    timer.callback();
  }
}

async function scene(): Promise<Scene> {
  const engine = new HandledEngine();
  const home = await temporaryFolder();
  const settings = await openSettings({ home });
  const clock = new HandClock();
  const states: LoadState[] = [];
  const memory = { freeBytes: 8e9 };
  const machine = { cores: 2 };
  const owner = createLoadedModel({
    engine,
    settings,
    choices: createChoicesStore(home),
    use: createModelUse(home),
    library: { facts: (asked) => Promise.resolve(factsOf(asked)) },
    cores: () => Promise.resolve(machine.cores),
    clock,
    onChange: (state) => states.push(state),
    measureMemory: () => Promise.resolve({ totalBytes: 16e9, ...memory }),
  });
  return { engine, settings, owner, states, memory, machine, clock, home };
}

async function loadFully({ engine, owner }: Scene, which: Model): Promise<void> {
  const loading = owner.ensureLoaded(which);
  (await engine.nextLoad()).finish("done");
  expect(await loading).toBe(true);
}

test("loads with a thread for each core, tells progress, and is ready", async () => {
  const made = await scene();
  const { engine, owner, states } = made;
  const heard: number[] = [];
  const loading = owner.ensureLoaded(model("a"), { onProgress: (fraction) => heard.push(fraction) });
  const load = await engine.nextLoad();
  load.progress(0.5);
  load.finish("done");
  expect(await loading).toBe(true);
  expect(engine.asked[0]?.params).toMatchObject({ contextSize: 16_384, batchSize: 512, threads: 2, gpuLayers: 0 });
  expect(heard).toContain(0.5);
  expect(states.map(({ state }) => state)).toEqual(["loading", "loading", "ready"]);
  expect(owner.get()).toMatchObject({
    state: "ready",
    modelId: "a",
    facts: loadedFacts,
    need: { contextSize: 16_384 },
  });
});

test("a loaded model is not loaded again", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  expect(await made.owner.ensureLoaded(model("a"))).toBe(true);
  expect(made.engine.operations).toEqual(["load"]);
});

test("callers at once share one load", async () => {
  const { engine, owner } = await scene();
  const both = [owner.ensureLoaded(model("a")), owner.ensureLoaded(model("a"))];
  (await engine.nextLoad()).finish("done");
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(engine.operations).toEqual(["load"]);
});

test("switching unloads the one before", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  await loadFully(made, model("b"));
  expect(made.engine.operations).toEqual(["load", "unload", "load"]);
  expect(made.owner.get()).toMatchObject({ state: "ready", modelId: "b" });
});

test("another model asked for during a load comes after it", async () => {
  const made = await scene();
  const first = made.owner.ensureLoaded(model("a"));
  const load = await made.engine.nextLoad();
  const second = made.owner.ensureLoaded(model("b"));
  load.finish("done");
  expect(await first).toBe(true);
  (await made.engine.nextLoad()).finish("done");
  expect(await second).toBe(true);
  expect(made.engine.operations).toEqual(["load", "unload", "load"]);
});

test("cancelling is an outcome, and leaves no model", async () => {
  const { engine, owner } = await scene();
  const loading = owner.ensureLoaded(model("a"));
  await engine.nextLoad();
  owner.cancelLoad();
  expect(await loading).toBe(false);
  expect(owner.get()).toEqual({ state: "none" });
});

test("one of two callers giving up does not cancel the other's load", async () => {
  const { engine, owner } = await scene();
  const givingUp = new AbortController();
  const one = owner.ensureLoaded(model("a"), { signal: givingUp.signal });
  const other = owner.ensureLoaded(model("a"));
  const load = await engine.nextLoad();
  givingUp.abort();
  expect(await one).toBe(false);
  load.finish("done");
  expect(await other).toBe(true);
});

test("the only caller giving up cancels the load", async () => {
  const { engine, owner } = await scene();
  const givingUp = new AbortController();
  const loading = owner.ensureLoaded(model("a"), { signal: givingUp.signal });
  await engine.nextLoad();
  givingUp.abort();
  expect(await loading).toBe(false);
  expect(owner.get()).toEqual({ state: "none" });
});

test("an engine that dies while loading: failed with its code; the next try works", async () => {
  const made = await scene();
  const loading = made.owner.ensureLoaded(model("a"));
  const dead = expect(loading).rejects.toMatchObject({ code: "engine-down" });
  (await made.engine.nextLoad()).fail(new WorkbenchError("engine-down"));
  await dead;
  expect(made.owner.get()).toMatchObject({ state: "failed", modelId: "a", problem: { code: "engine-down" } });
  await loadFully(made, model("a"));
});

test("an engine that dies later takes the model with it", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  made.owner.engineChanged({ state: "crashed", problem: { code: "engine-down", message: "It died." }, failures: 1 });
  expect(made.owner.get()).toEqual({ state: "none" });
  made.engine.generation++;
  await loadFully(made, model("a"));
  expect(made.engine.operations).toEqual(["load", "load"]);
});

test("a model that cannot fit is refused before the engine hears of it, and the one before stays", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  made.memory.freeBytes = 1e6;
  const before = made.engine.operations.length;
  await expect(made.owner.ensureLoaded({ ...model("b"), name: "Large" })).rejects.toMatchObject({
    code: "model-too-large",
  });
  expect(made.engine.operations.slice(before)).toEqual([]);
  expect(made.owner.get()).toMatchObject({ state: "failed", modelId: "b", problem: { code: "model-too-large" } });
  expect(await made.owner.ensureLoaded(model("a"))).toBe(true);
  expect(made.owner.get()).toMatchObject({ state: "ready", modelId: "a" });
  expect(made.engine.operations.slice(before)).toEqual([]);
});

test("a file with a problem is refused with it", async () => {
  const { owner, engine } = await scene();
  const broken = { ...model("a"), problems: [{ code: "model-truncated" as const, message: "It ends too early." }] };
  await expect(owner.ensureLoaded(broken)).rejects.toMatchObject({
    code: "model-truncated",
    message: "It ends too early.",
  });
  expect(engine.operations).toEqual([]);
});

test("another context in the settings loads the model anew", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  await made.settings.change({ contextSize: 4096 });
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ contextSize: 4096 });
});

test("unloading cancels a load and frees the model", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  await made.owner.unload();
  expect(made.engine.operations).toEqual(["load", "unload"]);
  expect(made.owner.get()).toEqual({ state: "none" });
  const loading = made.owner.ensureLoaded(model("a"));
  await made.engine.nextLoad();
  await made.owner.unload();
  expect(await loading).toBe(false);
});

test("a switch that is cancelled goes back: the next message loads the one before", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  const switching = made.owner.ensureLoaded(model("b"));
  await made.engine.nextLoad();
  made.owner.cancelLoad();
  expect(await switching).toBe(false);
  await loadFully(made, model("a"));
  expect(made.owner.get()).toMatchObject({ state: "ready", modelId: "a" });
});

test("an unused model leaves after the set time, and the next message loads it again", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  made.clock.pass(29);
  await made.owner.ensureLoaded(model("a"));
  made.clock.pass(29);
  expect(made.owner.get()).toMatchObject({ state: "ready" });
  made.clock.pass(1);
  expect(made.owner.get()).toEqual({ state: "none" });
  await loadFully(made, model("a"));
  expect(made.engine.operations).toEqual(["load", "unload", "load"]);
});

test("a model in use stays; another time in the settings holds at once, and none keeps it", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  await made.owner.keepInUse(model("a"), async () => {
    made.clock.pass(1000);
    expect(made.owner.get()).toMatchObject({ state: "ready" });
    expect(made.owner.isInUse(model("a"))).toBe(true);
  });
  await made.settings.change({ idleUnloadMinutes: null });
  made.owner.settingsChanged();
  made.clock.pass(1000);
  expect(made.owner.get()).toMatchObject({ state: "ready" });
  await made.settings.change({ idleUnloadMinutes: 5 });
  made.owner.settingsChanged();
  made.clock.pass(0);
  expect(made.owner.get()).toEqual({ state: "none" });
});

test("the choices for a model come before the settings, and a caller's wish before both", async () => {
  const made = await scene();
  await made.settings.change({ contextSize: 4096 });
  const choices = createChoicesStore(made.home);
  await choices.set(model("a"), { ...(await choices.get(model("b"))), contextSize: 2048 });
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ contextSize: 2048 });
  const wished = made.owner.ensureLoaded(model("a"), { contextSize: 1024 });
  (await made.engine.nextLoad()).finish("done");
  await wished;
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ contextSize: 1024 });
});

test("the default of threads follows the cores at hand, and asks neither a choice nor a tiny model", async () => {
  const made = await scene();
  const threads = async (which: Model, wished?: number): Promise<unknown> => {
    const loading = made.owner.ensureLoaded(which, { settings: { threads: wished ?? null } });
    (await made.engine.nextLoad()).finish("done");
    await loading;
    return (made.engine.asked.at(-1)?.params as { threads: number } | undefined)?.threads;
  };
  expect(await threads(model("a"))).toBe(2);
  // An affinity mask or a quota that was changed meanwhile: the loaded model is loaded anew.
  made.machine.cores = 1;
  expect(await threads(model("a"))).toBe(1);
  expect(await threads(model("b"), 7)).toBe(7);
  expect(await threads(model("nano"))).toBe(1);
  // More cores than llama.cpp finds useful: the slow ones of a processor with two kinds.
  made.machine.cores = 12;
  expect(await threads(model("nano"))).toBe(1);
  expect(await threads(model("a"))).toBe(4);
});

test("load settings reach the engine, and other ones load the model anew", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  const settings = {
    threads: 3,
    batchSize: 64,
    flashAttention: false,
    kvCacheType: "q8_0",
    memoryMapped: false,
  } as const;
  const wished = made.owner.ensureLoaded(model("a"), { settings });
  (await made.engine.nextLoad()).finish("done");
  await wished;
  expect(made.engine.asked.at(-1)?.params).toMatchObject(settings);
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ threads: 2, batchSize: 512, flashAttention: null });
});

test("what was chosen for a model counts for its replies, and for a measurement that asks for nothing else", async () => {
  const made = await scene();
  const choices = createChoicesStore(made.home);
  const chosen = { threads: 3, flashAttention: false, kvCacheType: "f32", memoryMapped: false } as const;
  await choices.set(model("a"), { ...(await choices.get(model("b"))), ...chosen, batchSize: 1024 });
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ ...chosen, batchSize: 1024 });
  const measured = made.owner.ensureLoaded(model("a"), { fullBatch: true, settings: { threads: 1 } });
  (await made.engine.nextLoad()).finish("done");
  await measured;
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ ...chosen, threads: 1, batchSize: 1024 });
});

test("a trial that kills the engine or fails leaves no mark and no failure behind", async () => {
  const made = await scene();
  for (const code of ["engine-down", "engine-down", "model-load-failed"] as const) {
    const trial = made.owner.ensureLoaded(model("a"), { isTrial: true });
    (await made.engine.nextLoad()).fail(new WorkbenchError(code));
    await expect(trial).rejects.toMatchObject({ code });
    expect(made.owner.get()).toEqual({ state: "none" });
  }
  expect((await createModelUse(made.home).read()).size).toBe(0);
});

test("a reserved model is changed by its holder alone", async () => {
  const made = await scene();
  const { owner } = made;
  await loadFully(made, model("a"));
  await owner.reserve("benchmark-running", async (ensureLoaded) => {
    await expect(owner.ensureLoaded(model("b"))).rejects.toMatchObject({ code: "benchmark-running" });
    await expect(owner.unload()).rejects.toMatchObject({ code: "benchmark-running" });
    const own = ensureLoaded(model("b"));
    (await made.engine.nextLoad()).finish("done");
    expect(await own).toBe(true);
  });
  expect(owner.get()).toMatchObject({ state: "ready", modelId: "b" });
  await loadFully(made, model("a"));
});

test("what waited for another load when the model was reserved is refused, too", async () => {
  const { engine, owner } = await scene();
  const first = owner.ensureLoaded(model("a"));
  const load = await engine.nextLoad();
  const second = owner.ensureLoaded(model("b"));
  const refused = expect(second).rejects.toMatchObject({ code: "benchmark-running" });
  await owner.reserve("benchmark-running", async () => {
    load.finish("done");
    await first;
    await refused;
  });
  expect(engine.operations).toEqual(["load"]);
});
