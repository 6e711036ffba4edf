import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { type Backend, type EngineInfo, unusableBackend } from "../../../electron/contract/engine.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { SpeedTrials } from "../../../electron/contract/fit.ts";
import { endingWithin } from "../../../electron/workbench/endingWithin.ts";
import { EngineClient } from "../../../electron/workbench/engine/EngineClient.ts";
import { measureTrials } from "../../../electron/workbench/fit/measureTrials.ts";
import { removeTrialFiles } from "../../../electron/workbench/fit/removeTrialFiles.ts";
import type { TrialOutcome } from "../../../electron/workbench/fit/solveCosts.ts";
import { createSpeedTrials } from "../../../electron/workbench/fit/speedTrials.ts";
import {
  attentionTrial,
  generateTrial,
  overheadTrial,
  readTrial,
  tokenTrial,
  type SpeedTrial,
  vocabularyTrial,
} from "../../../electron/workbench/fit/trials.ts";
import { createTrialsStore } from "../../../electron/workbench/fit/trialsStore.ts";
import { HandledEngine } from "../../support/engine/HandledEngine.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import { openHandledEngines } from "../../support/engine/openReplyEngines.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const info: EngineInfo = {
  pid: 1,
  nodeVersion: "22",
  libraryVersion: "3.21.1",
  llamaRelease: "b1",
  backend: "cpu",
  probes: [],
  computeCores: 2,
  cpuFeatures: ["avx2"],
};

const speeds = (trial: SpeedTrial): TrialOutcome => ({
  trial,
  otherCores: 0,
  samples: trial.tests.map(() => [100, 100]),
});
const outcomes = [
  vocabularyTrial,
  overheadTrial,
  tokenTrial,
  attentionTrial,
  generateTrial("Q8_0", 1),
  readTrial("Q8_0"),
].map(speeds);

const usable = (backend: Backend) => ({ ...unusableBackend(backend, { code: "found" }), usable: true });
const twoCards: Partial<EngineInfo> = {
  probes: [usable("cuda"), usable("vulkan"), usable("cpu")],
  backend: "cuda",
};

/** Opens trials that take no time, or wait for the test. */
async function open(
  changed: {
    info?: Partial<EngineInfo>;
    cores?: number;
    state?: "ready" | "busy";
    home?: string;
    app?: string;
    drivers?: string;
    /** What the trials of a backend show. Left out: that it is as fast as all others. */
    show?: (backend: Backend) => TrialOutcome[] | Error;
  } = {},
) {
  const home = changed.home ?? (await temporaryFolder());
  const here = { ...info, ...changed.info };
  const told: SpeedTrials[] = [];
  let cores = changed.cores ?? here.computeCores;
  let count = 0;
  let held: Promise<void> = Promise.resolve();
  let letGo: () => void = () => undefined;
  const opened: Backend[] = [];
  const engine = new HandledEngine(here);
  if (changed.state === "busy") engine.enter({ state: "busy", info: here });
  const { api } = await openHandledEngines(home, {}, engine);
  const trials = createSpeedTrials({
    engines: api,
    openEngine(backend) {
      opened.push(backend);
      return {
        request: () => Promise.reject(new Error("Nothing is asked of it here.")),
        close: () => Promise.resolve(),
      };
    },
    cores: () => Promise.resolve(cores),
    store: createTrialsStore(home, changed.app),
    folder: home,
    lastLevelCacheBytes: () => Promise.resolve(null),
    driverMark: () => Promise.resolve(changed.drivers ?? ""),
    onChange: (each) => told.push(each),
    trialsOf: async ({ signal, onTrial }) => {
      count++;
      onTrial({ code: "attention" });
      const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      await Promise.race([held, aborted]);
      const shown = changed.show?.(opened.at(-1) ?? "cpu") ?? outcomes;
      if (shown instanceof Error) throw shown;
      return signal.aborted ? null : shown;
    },
  });
  return {
    trials,
    engine,
    engines: api,
    home,
    told,
    opened,
    count: () => count,
    setCores: (next: number) => (cores = next),
    hold: () => {
      held = new Promise((resolve) => (letGo = resolve));
    },
    letGo: () => letGo(),
    begun: () => vi.waitFor(() => expect(count).toBe(1)),
  };
}

test("a measurement is kept for the same machine, engine and threads, and for no other", async () => {
  const { trials, home, told, count } = await open();
  expect(await trials.state()).toEqual({ state: "none" });
  expect(await trials.measure(false)).toMatchObject({ state: "ready" });
  expect(told[0]).toMatchObject({ state: "measuring", step: { code: "engine" }, device: null });
  expect(told.at(-1)).toMatchObject({ state: "ready" });
  await trials.measure(false);
  expect(count()).toBe(1);
  await trials.measure(true);
  expect(count()).toBe(2);
  expect((await (await open({ home })).trials.known("now"))?.kept.threads).toBe(2);
  expect(await (await open({ home, info: { llamaRelease: "b2" } })).trials.known("now")).toBeNull();
  // With another number of threads they are reused, and measured when the user asks.
  const four = await open({ home, info: { computeCores: 4 } });
  expect((await four.trials.known("now"))?.kept.threads).toBe(2);
  await four.trials.measure(false);
  expect((await four.trials.known("now"))?.kept.threads).toBe(4);
});

test("every backend that can be used is measured with an engine of its own, the processor last", async () => {
  const { trials, opened } = await open({ info: twoCards });
  expect(await trials.measure(false)).toMatchObject({ state: "ready", estimated: false, stale: false });
  expect(opened).toEqual(["cuda", "vulkan", "cpu"]);
  const cards = (await trials.known("now"))?.kept.cards;
  expect(cards).toMatchObject([
    { backend: "cuda", failure: null, costs: { estimated: 0 } },
    { backend: "vulkan", failure: null, costs: { estimated: 0 } },
  ]);
});

test("a backend that crashes or finishes nothing is kept as that, and stops no other", async () => {
  const failing = (backend: Backend): TrialOutcome[] | Error => {
    if (backend === "cuda") return new WorkbenchError("engine-down");
    return backend === "vulkan" ? outcomes.map((each) => ({ ...each, samples: each.samples.map(() => []) })) : outcomes;
  };
  const { trials, home } = await open({ info: twoCards, show: failing, app: "1.0.0" });
  // The processor was measured, so that nothing is left to be measured by itself.
  expect(await trials.measure(false)).toMatchObject({ state: "ready", estimated: false, stale: false });
  const cards = (await trials.known("now"))?.kept.cards;
  expect(cards).toMatchObject([
    { backend: "cuda", costs: null, failure: { code: "stopped" } },
    { backend: "vulkan", costs: null, failure: { code: "late" } },
  ]);
  // Another version of the app tries them again.
  expect(await (await open({ home, info: twoCards, app: "1.0.0" })).trials.known("now")).not.toBeNull();
  expect(await (await open({ home, info: twoCards, app: "1.0.1" })).trials.known("now")).toBeNull();
});

test("a failure of a card is worth a new measurement after a day, and is believed until then", async () => {
  let isGameOver = false;
  const { trials, count } = await open({
    info: twoCards,
    show: (backend) => (backend === "cuda" && !isGameOver ? new WorkbenchError("model-too-large") : outcomes),
  });
  await trials.measure(false);
  await trials.measure(false);
  expect(count()).toBe(3);
  expect(await trials.state()).toMatchObject({ state: "ready", stale: false });
  isGameOver = true;
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 25 * 3_600_000);
  try {
    expect(await trials.state()).toMatchObject({ state: "ready", stale: true });
    expect((await trials.known("now"))?.kept.cards[0]?.failure).toEqual({ code: "stopped" });
    expect(await trials.measure(false)).toMatchObject({ stale: false });
  } finally {
    vi.restoreAllMocks();
  }
  expect(count()).toBe(6);
  expect((await trials.known("now"))?.kept.cards[0]?.failure).toBeNull();
});

test.each([
  Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" }),
  new WorkbenchError("model-file-unreadable"),
])("a failure of the file system is not kept as one of a card: %s", async (failure) => {
  const { trials } = await open({ info: twoCards, show: (backend) => (backend === "cuda" ? failure : outcomes) });
  await expect(trials.measure(false)).rejects.toBe(failure);
  expect(await trials.known("now")).toBeNull();
});

test("with another driver or card, nothing is known; without a card, drivers do not matter", async () => {
  const { trials, home } = await open({ info: twoCards, drivers: "550" });
  await trials.measure(false);
  expect(await (await open({ home, info: twoCards, drivers: "550" })).trials.known("now")).not.toBeNull();
  expect(await (await open({ home, info: twoCards, drivers: "551" })).trials.known("now")).toBeNull();
  const other = [{ ...usable("cuda"), devices: ["Another"] }, usable("vulkan"), usable("cpu")];
  expect(
    await (await open({ home, info: { ...twoCards, probes: other }, drivers: "550" })).trials.known("now"),
  ).toBeNull();
  const plain = await open({ drivers: "550" });
  await plain.trials.measure(false);
  expect(await (await open({ home: plain.home, drivers: "551" })).trials.known("now")).not.toBeNull();
});

test("the number of available cores is read for each request, not once at the start", async () => {
  const { trials, count, setCores } = await open();
  await trials.measure(false);
  expect(await trials.known("now")).toMatchObject({ threads: 2, kept: { threads: 2 } });
  setCores(1);
  expect(await trials.known("now")).toMatchObject({ threads: 1, kept: { threads: 2 } });
  await trials.measure(false);
  expect(count()).toBe(2);
  expect(await trials.known("now")).toMatchObject({ threads: 1, kept: { threads: 1 } });
  setCores(2);
  expect(await trials.known("now")).toMatchObject({ threads: 2, kept: { threads: 2 } });
});

test("a cancelled measurement is not kept, and its caller is told", async () => {
  const { trials, hold, begun } = await open();
  hold();
  const measuring = trials.measure(false);
  await begun();
  expect(await trials.state()).toMatchObject({ state: "measuring", step: { code: "attention" }, device: null });
  trials.cancel();
  expect(await measuring).toEqual({ state: "none" });
  expect(await trials.known("now")).toBeNull();
});

test("a measurement is refused during a reply, and stopped by one", async () => {
  const busy = await open({ state: "busy" });
  await expect(busy.trials.measure(false)).rejects.toMatchObject({ code: "engine-busy" });
  const { trials, engines, engine, hold, begun } = await open();
  hold();
  const measuring = trials.measure(false);
  await begun();
  const stopped = expect(measuring).rejects.toMatchObject({
    code: "engine-busy",
    facts: { case: "replyBegan" },
  });
  const reply = engines.use(listedModel("a"), "reply", new AbortController().signal, async (session) => {
    await expect(trials.measure(false)).rejects.toMatchObject({ code: "engine-busy" });
    return session.model.id;
  });
  await stopped;
  (await engine.next()).finish();
  expect(await reply).toBe("a");
  expect(await trials.state()).toEqual({ state: "none" });
});

test("two callers wait for the same trials", async () => {
  const { trials, count, hold, begun, letGo } = await open();
  hold();
  const first = trials.measure(false);
  await begun();
  const second = trials.measure(true);
  letGo();
  expect(await second).toEqual(await first);
  expect(count()).toBe(1);
});

test("files of processes that are gone are removed, and those of running ones only if they are old", async () => {
  const folder = await temporaryFolder();
  const files = [999_999_999, process.ppid, process.pid, 1].map((pid) => join(folder, `speed-trial-${pid}.gguf`));
  for (const file of [...files, join(folder, "speed-trials.json")]) await writeFile(file, "left behind");
  await utimes(join(folder, "speed-trial-1.gguf"), 0, 0);
  await removeTrialFiles(folder);
  expect((await readdir(folder)).toSorted()).toEqual(
    [`speed-trial-${process.pid}.gguf`, `speed-trial-${process.ppid}.gguf`, "speed-trials.json"].toSorted(),
  );
});

test("a cancelled trial leaves no file behind, and removes those of an earlier process", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "speed-trial-999999999.gguf"), "left behind");
  const stop = new AbortController();
  const asked: string[] = [];
  const request = (operation: string): Promise<never> => {
    asked.push(operation);
    stop.abort();
    return Promise.reject(new Error("The engine was stopped."));
  };
  const plan = { folder, threads: 1, onGpu: false, lastLevelCacheBytes: null, limitMs: 60_000, signal: stop.signal };
  expect(await measureTrials({ ...plan, engine: { request }, onTrial: () => undefined })).toBeNull();
  expect(asked).toEqual(["load"]);
  expect(await readdir(folder)).toEqual([]);
});

test("a device that never finishes a batch is given up in time, and its speed estimated", async () => {
  const home = await temporaryFolder();
  const entry = fileURLToPath(new URL("../../support/engine/scriptedEngine.mjs", import.meta.url));
  const graphics: EngineInfo = { ...info, backend: "vulkan", probes: [usable("vulkan")] };
  const asked: string[] = [];
  const { api } = await openHandledEngines(home, {}, new HandledEngine(graphics));
  const trials = createSpeedTrials({
    engines: api,
    openEngine: (backend) => new EngineClient({ nodePath: process.execPath, entry, cacheFolder: home, backend }),
    cores: () => Promise.resolve(2),
    store: createTrialsStore(home),
    folder: home,
    lastLevelCacheBytes: () => Promise.resolve(null),
    driverMark: () => Promise.resolve(""),
    onChange: (state) =>
      asked.push(state.state === "measuring" ? [state.device, state.step.code].filter(Boolean).join(" ") : state.state),
    limitMs: 15_000,
  });
  expect(await trials.measure(true)).toMatchObject({ state: "ready", estimated: true });
  expect(asked).toContain("gpu vocabulary");
  expect(asked).toContain("cpu vocabulary");
  expect((await readdir(home)).filter((name) => name.endsWith(".gguf"))).toEqual([]);
  const kept = (await trials.known("now"))?.kept;
  expect(kept?.cpu.estimated).toBeGreaterThan(1);
  expect(kept?.cards).toEqual([{ backend: "vulkan", costs: null, failure: { code: "late", seconds: 6 } }]);
});

test("an engine in the middle of a trial is terminated for a reply within half a second", async () => {
  const home = await temporaryFolder();
  const entry = fileURLToPath(new URL("../../support/engine/scriptedEngine.mjs", import.meta.url));
  const { api, engine } = await openHandledEngines(home, {}, new HandledEngine(info));
  const limits: number[] = [];
  let pid = 0;
  let isAtWork: () => void = () => undefined;
  const atWork = new Promise<void>((resolve) => (isAtWork = resolve));
  const trials = createSpeedTrials({
    engines: api,
    openEngine() {
      const client = new EngineClient({
        nodePath: process.execPath,
        entry,
        cacheFolder: home,
        onState(state) {
          if (state.state !== "busy") return;
          pid = state.info.pid;
          isAtWork();
        },
      });
      return {
        request: (operation, params, options) => client.request(operation, params, options),
        close(limitMs) {
          limits.push(limitMs ?? Number.POSITIVE_INFINITY);
          return client.close(limitMs);
        },
      };
    },
    cores: () => Promise.resolve(2),
    store: createTrialsStore(home),
    folder: home,
    lastLevelCacheBytes: () => Promise.resolve(null),
    driverMark: () => Promise.resolve(""),
    onChange: () => undefined,
  });
  const stopped = expect(trials.measure(true)).rejects.toMatchObject({ code: "engine-busy" });
  await atWork;
  const reply = api.use(listedModel("a"), "reply", new AbortController().signal, () => Promise.resolve("written"));
  (await engine.next()).finish();
  await stopped;
  expect(pid).toBeGreaterThan(0);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  expect(Math.max(...limits)).toBeLessThan(500);
  expect(await reply).toBe("written");
});

test("changes of the engine's state are not mistaken for the end of the trials", async () => {
  const { trials, engine, told, hold, begun, letGo } = await open();
  hold();
  const measuring = trials.measure(false);
  await begun();
  engine.enter({ state: "crashed", problem: { code: "engine-down" }, failures: 1 });
  engine.enter({ state: "starting" });
  engine.enter({ state: "ready", info });
  await trials.state();
  expect(told.map(({ state }) => state)).not.toContain("none");
  expect(told.map(({ state }) => state)).not.toContain("ready");
  letGo();
  expect(await measuring).toMatchObject({ state: "ready", estimated: false });
  expect(told.findIndex(({ state }) => state === "ready")).toBeGreaterThan(
    told.findLastIndex(({ state }) => state === "measuring"),
  );
});

test("an earlier result that is reported late is not mistaken for the end either", async () => {
  const { trials, engine, told, hold, begun } = await open();
  engine.enter({ state: "ready", info });
  hold();
  const measuring = trials.measure(true);
  await begun();
  await trials.state();
  expect(told.every(({ state }) => state === "measuring")).toBe(true);
  trials.cancel();
  await measuring;
});

test("a time limit applies even if only its listeners refer to it", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const ended = new Promise<void>((resolve) => {
    endingWithin(new AbortController().signal, 50).signal.addEventListener("abort", () => resolve());
  });
  collect();
  await ended;
});

test.each([0.5, -3.2, 1.7])("a trial's time may be any number of milliseconds: %d", async (milliseconds) => {
  const { signal } = endingWithin(new AbortController().signal, milliseconds);
  await vi.waitFor(() => expect(signal.aborted).toBe(true));
  expect(endingWithin(AbortSignal.abort(), 60_000).signal.aborted).toBe(true);
});
