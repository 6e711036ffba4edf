import { expect, test } from "vitest";
import type { Backend } from "../../../electron/contract/engine.ts";
import { problemOf, WorkbenchError } from "../../../electron/contract/errors.ts";
import { type LoadState, type FileModel, modelChoicesSchema } from "../../../electron/contract/models.ts";
import { CrashMarks } from "../../../electron/workbench/engines/CrashMarks.ts";
import { ModelLoader } from "../../../electron/workbench/engines/ModelLoader.ts";
import { createModelUse } from "../../../electron/workbench/engines/modelUse.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import { openSettingsStore, type SettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { HandledEngine, handledFacts, handledInfo } from "../../support/engine/HandledEngine.ts";
import { factsOf, listedModel as model } from "../../support/engine/listedModel.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

interface Scene {
  engine: HandledEngine;
  settings: SettingsStore;
  loader: ModelLoader;
  states: LoadState[];
  memory: { freeBytes: number };
  machine: { cores: number; backend: Backend | null };
  home: string;
}

async function scene(repackableBytes = 0, info = handledInfo): Promise<Scene> {
  const engine = new HandledEngine(info);
  const home = await temporaryFolder();
  const settings = await openSettingsStore({ home });
  const states: LoadState[] = [];
  const memory = { freeBytes: 8e9 };
  const machine: Scene["machine"] = { cores: 2, backend: null };
  const loader = new ModelLoader({
    engine,
    choices: createChoicesStore(home),
    marks: new CrashMarks({ use: createModelUse(home), onUsed: () => undefined, onMarked: () => undefined }),
    library: {
      facts(asked) {
        const facts = factsOf(asked as FileModel);
        return Promise.resolve({ ...facts, shape: facts.shape && { ...facts.shape, repackableBytes } });
      },
    },
    contextSize: () => settings.get().contextSize,
    cores: () => Promise.resolve(machine.cores),
    measureMemory: () => Promise.resolve({ totalBytes: 16e9, ...memory }),
    checkAgain: () => Promise.resolve(null),
    backendFor: () => Promise.resolve(machine.backend),
    onState: (state) => states.push(state),
    onUsed: () => undefined,
  });
  return { engine, settings, loader, states, memory, machine, home };
}

async function loadFully({ engine, loader }: Scene, which: FileModel): Promise<void> {
  const loading = loader.ensureLoaded(which);
  (await engine.next()).finish("done");
  expect(await loading).toBe(true);
}

test("loads with one thread per core, reports progress, and is ready", async () => {
  const made = await scene();
  const { engine, loader, states } = made;
  const heard: number[] = [];
  const loading = loader.ensureLoaded(model("a"), { onProgress: ({ fraction }) => heard.push(fraction) });
  const load = await engine.next();
  load.emit({ fraction: 0.5 });
  load.finish("done");
  expect(await loading).toBe(true);
  expect(engine.asked[0]?.params).toMatchObject({ contextSize: 16_384, batchSize: 512, threads: 2, gpuLayers: 0 });
  expect(heard).toContain(0.5);
  expect(states.map(({ state }) => state)).toEqual(["loading", "loading", "ready"]);
  expect(loader.state).toMatchObject({
    state: "ready",
    modelId: "a",
    facts: handledFacts,
    need: { contextSize: 16_384 },
  });
});

test("a loaded model is not loaded again", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  expect(await made.loader.ensureLoaded(model("a"))).toBe(true);
  expect(made.engine.operations).toEqual(["load"]);
});

test("simultaneous callers share one load", async () => {
  const { engine, loader } = await scene();
  const both = [loader.ensureLoaded(model("a")), loader.ensureLoaded(model("a"))];
  (await engine.next()).finish("done");
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(engine.operations).toEqual(["load"]);
});

test("switching unloads the previous model", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  await loadFully(made, model("b"));
  expect(made.engine.operations).toEqual(["load", "unload", "load"]);
  expect(made.loader.state).toMatchObject({ state: "ready", modelId: "b" });
});

test("another model requested during a load is loaded after it", async () => {
  const made = await scene();
  const first = made.loader.ensureLoaded(model("a"));
  const load = await made.engine.next();
  const second = made.loader.ensureLoaded(model("b"));
  load.finish("done");
  expect(await first).toBe(true);
  (await made.engine.next()).finish("done");
  expect(await second).toBe(true);
  expect(made.engine.operations).toEqual(["load", "unload", "load"]);
});

test("cancelling is an outcome, not a failure, and leaves no model", async () => {
  const { engine, loader } = await scene();
  const loading = loader.ensureLoaded(model("a"));
  await engine.next();
  loader.cancel();
  expect(await loading).toBe(false);
  expect(loader.state).toEqual({ state: "none" });
});

test("one of two callers giving up does not cancel the other's load", async () => {
  const { engine, loader } = await scene();
  const givingUp = new AbortController();
  const one = loader.ensureLoaded(model("a"), { signal: givingUp.signal });
  const other = loader.ensureLoaded(model("a"));
  const load = await engine.next();
  givingUp.abort();
  expect(await one).toBe(false);
  load.finish("done");
  expect(await other).toBe(true);
});

test("the only caller giving up cancels the load", async () => {
  const { engine, loader } = await scene();
  const givingUp = new AbortController();
  const loading = loader.ensureLoaded(model("a"), { signal: givingUp.signal });
  await engine.next();
  givingUp.abort();
  expect(await loading).toBe(false);
  expect(loader.state).toEqual({ state: "none" });
});

test("an engine that crashes while loading fails the load with its code; the next attempt works", async () => {
  const made = await scene();
  const loading = made.loader.ensureLoaded(model("a"));
  const dead = expect(loading).rejects.toMatchObject({ code: "engine-down" });
  (await made.engine.next()).fail(new WorkbenchError("engine-down"));
  await dead;
  expect(made.loader.state).toMatchObject({ state: "failed", modelId: "a", problem: { code: "engine-down" } });
  await loadFully(made, model("a"));
});

test("an engine that crashes later unloads the model", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  made.loader.engineChanged({ state: "crashed", problem: { code: "engine-down" }, failures: 1 });
  expect(made.loader.state).toEqual({ state: "none" });
  made.engine.generation++;
  await loadFully(made, model("a"));
  expect(made.engine.operations).toEqual(["load", "load"]);
});

test("a model that cannot fit is refused before the engine is asked, and the previous one stays", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  made.memory.freeBytes = 1e6;
  const before = made.engine.operations.length;
  await expect(made.loader.ensureLoaded({ ...model("b"), name: "Large" })).rejects.toMatchObject({
    code: "model-too-large",
  });
  expect(made.engine.operations.slice(before)).toEqual([]);
  expect(made.loader.state).toMatchObject({ state: "failed", modelId: "b", problem: { code: "model-too-large" } });
  expect(await made.loader.ensureLoaded(model("a"))).toBe(true);
  expect(made.loader.state).toMatchObject({ state: "ready", modelId: "a" });
  expect(made.engine.operations.slice(before)).toEqual([]);
});

test("a file with a problem is refused with that problem", async () => {
  const { loader, engine } = await scene();
  const broken = { ...model("a"), problems: [problemOf("model-truncated", { case: "header" })] };
  await expect(loader.ensureLoaded(broken)).rejects.toMatchObject({
    code: "model-truncated",
    facts: { case: "header" },
  });
  expect(engine.operations).toEqual([]);
});

test("a different context in the settings reloads the model", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  await made.settings.change({ contextSize: 4096 });
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ contextSize: 4096 });
});

test("unloading cancels a load and frees the model", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  await made.loader.unload();
  expect(made.engine.operations).toEqual(["load", "unload"]);
  expect(made.loader.state).toEqual({ state: "none" });
  const loading = made.loader.ensureLoaded(model("a"));
  await made.engine.next();
  await made.loader.unload();
  expect(await loading).toBe(false);
});

test("after a cancelled switch, the next message loads the previous model", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  const switching = made.loader.ensureLoaded(model("b"));
  await made.engine.next();
  made.loader.cancel();
  expect(await switching).toBe(false);
  await loadFully(made, model("a"));
  expect(made.loader.state).toMatchObject({ state: "ready", modelId: "a" });
});

test("the choices for a model take precedence over the settings, and a caller's request over both", async () => {
  const made = await scene();
  await made.settings.change({ contextSize: 4096 });
  const choices = createChoicesStore(made.home);
  await choices.set(model("a"), { ...(await choices.get(model("b"))), contextSize: 2048 });
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ contextSize: 2048 });
  const wished = made.loader.ensureLoaded(model("a"), { contextSize: 1024 });
  (await made.engine.next()).finish("done");
  await wished;
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ contextSize: 1024 });
});

test("the default number of threads follows the available cores, but not for a choice or a tiny model", async () => {
  const made = await scene();
  const threads = async (which: FileModel, wished?: number): Promise<unknown> => {
    const loading = made.loader.ensureLoaded(which, { settings: { threads: wished ?? null } });
    (await made.engine.next()).finish("done");
    await loading;
    return (made.engine.asked.at(-1)?.params as { threads: number } | undefined)?.threads;
  };
  expect(await threads(model("a"))).toBe(2);
  // The affinity mask or quota has changed, so the loaded model is reloaded.
  made.machine.cores = 1;
  expect(await threads(model("a"))).toBe(1);
  expect(await threads(model("b"), 7)).toBe(7);
  expect(await threads(model("nano"))).toBe(1);
  // More cores than llama.cpp can use: the slow ones of a processor with two kinds.
  made.machine.cores = 12;
  expect(await threads(model("nano"))).toBe(1);
  expect(await threads(model("a"))).toBe(4);
});

test("a model that the CPU repacks is read instead of mapped where memory is too tight for a second copy", async () => {
  const repacked = 800_000_000;
  const made = await scene(repacked);
  const mapping = (): unknown => made.engine.asked.filter(({ operation }) => operation === "load").at(-1)?.params;
  await loadFully(made, model("a"));
  expect(mapping()).toMatchObject({ memoryMapped: null });
  made.memory.freeBytes = 700_000_000;
  const loading = made.loader.ensureLoaded(model("b"));
  (await made.engine.next()).finish("done", { ...handledFacts, memoryMapped: false });
  expect(await loading).toBe(true);
  expect(mapping()).toMatchObject({ memoryMapped: false });
  // Its weights are not pages of a file, so that unloading it frees them, too.
  const held = made.loader.held.current;
  expect(held?.bytes).toBe(made.loader.state.state === "ready" ? made.loader.state.need.totalBytes : null);
  const mapped = made.loader.ensureLoaded(model("a"), { settings: { memoryMapped: true } });
  (await made.engine.next()).finish("done");
  expect(await mapped).toBe(true);
  expect(mapping()).toMatchObject({ memoryMapped: true });
});

test("load settings reach the engine, and different ones reload the model", async () => {
  const made = await scene();
  await loadFully(made, model("a"));
  const settings = {
    threads: 3,
    batchSize: 64,
    flashAttention: false,
    kvCacheType: "q8_0",
    memoryMapped: false,
  } as const;
  const wished = made.loader.ensureLoaded(model("a"), { settings });
  (await made.engine.next()).finish("done");
  await wished;
  expect(made.engine.asked.at(-1)?.params).toMatchObject(settings);
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ threads: 2, batchSize: 512, flashAttention: false });
});

test("the choices for a model apply to its replies, and to a measurement that asks for nothing else", async () => {
  const made = await scene();
  const choices = createChoicesStore(made.home);
  const chosen = { threads: 3, flashAttention: false, kvCacheType: "f32", memoryMapped: false } as const;
  await choices.set(model("a"), { ...(await choices.get(model("b"))), ...chosen, batchSize: 1024 });
  await loadFully(made, model("a"));
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ ...chosen, batchSize: 1024 });
  const measured = made.loader.ensureLoaded(model("a"), { fullBatch: true, settings: { threads: 1 } });
  (await made.engine.next()).finish("done");
  await measured;
  expect(made.engine.asked.at(-1)?.params).toMatchObject({ ...chosen, threads: 1, batchSize: 1024 });
});

test("a trial that crashes the engine or fails leaves no mark and no failure behind", async () => {
  const made = await scene();
  for (const code of ["engine-down", "engine-down", "model-load-failed"] as const) {
    const trial = made.loader.ensureLoaded(model("a"), { isTrial: true });
    (await made.engine.next()).fail(new WorkbenchError(code));
    await expect(trial).rejects.toMatchObject({ code });
    expect(made.loader.state).toEqual({ state: "none" });
  }
  expect((await createModelUse(made.home).read()).size).toBe(0);
});

test("a reserved model is changed only by its holder", async () => {
  const made = await scene();
  const { loader } = made;
  await loadFully(made, model("a"));
  await loader.reserve("benchmark-running", async (ensureLoaded) => {
    await expect(loader.ensureLoaded(model("b"))).rejects.toMatchObject({ code: "benchmark-running" });
    await expect(loader.unload()).rejects.toMatchObject({ code: "benchmark-running" });
    const own = ensureLoaded(model("b"), {});
    (await made.engine.next()).finish("done");
    expect(await own).toBe(true);
  });
  expect(loader.state).toMatchObject({ state: "ready", modelId: "b" });
  await loadFully(made, model("a"));
});

test("a request that waited for another load when the model was reserved is refused too", async () => {
  const { engine, loader } = await scene();
  const first = loader.ensureLoaded(model("a"));
  const load = await engine.next();
  const second = loader.ensureLoaded(model("b"));
  const refused = expect(second).rejects.toMatchObject({ code: "benchmark-running" });
  await loader.reserve("benchmark-running", async () => {
    load.finish("done");
    await first;
    await refused;
  });
  expect(engine.operations).toEqual(["load"]);
});

test("a model is loaded again only when its backend changes, after what runs has ended", async () => {
  const here = await scene();
  here.machine.backend = "cpu";
  await loadFully(here, model("a"));
  here.machine.backend = "vulkan";
  expect(here.engine.used).toEqual([]);
  await loadFully(here, model("a"));
  expect(here.engine.used).toEqual([{ backend: "vulkan", largePages: false }]);
  // The model was unloaded by the first engine, which saves what was read, before the second one loads it.
  expect(here.engine.operations).toEqual(["load", "unload", "load"]);
  expect(here.loader.local?.engine.backend).toBe("vulkan");
  await here.loader.ensureLoaded(model("a"));
  expect(here.engine.operations).toEqual(["load", "unload", "load"]);
});

test("a model for which large memory pages were chosen gets an engine that asks for them, and only on the CPU", async () => {
  const here = await scene(0, { ...handledInfo, largePages: false });
  const chosen = createChoicesStore(here.home);
  await chosen.set(model("a"), modelChoicesSchema.parse({ largePages: true }));
  here.machine.backend = "cpu";
  await loadFully(here, model("a"));
  expect(here.engine.used).toEqual([{ backend: "cpu", largePages: true }]);
  // Mapped pages are never large ones.
  expect(here.engine.asked.at(-1)?.params).toMatchObject({ memoryMapped: false });
  await here.loader.ensureLoaded(model("a"));
  await loadFully(here, model("b"));
  expect(here.engine.used.slice(1)).toEqual([{ backend: "cpu", largePages: false }]);
  here.machine.backend = "vulkan";
  await loadFully(here, model("a"));
  expect(here.engine.used.slice(2)).toEqual([{ backend: "vulkan", largePages: false }]);
});

test("where the system leaves no choice, large memory pages change nothing", async () => {
  const here = await scene();
  await createChoicesStore(here.home).set(model("a"), modelChoicesSchema.parse({ largePages: true }));
  await loadFully(here, model("a"));
  expect(here.engine.used).toEqual([]);
});
