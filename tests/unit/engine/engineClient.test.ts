import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Backend, backends, type EngineState, unusableBackend } from "../../../electron/contract/engine.ts";
import type { GenerateParams } from "../../../electron/contract/engineProtocol.ts";
import { EngineClient, type EngineClientOptions } from "../../../electron/workbench/engine/EngineClient.ts";
import { ProbeCache } from "../../../electron/workbench/engine/ProbeCache.ts";
import { usualLoad } from "../../support/engine/usualLoad.ts";

const entry = fileURLToPath(new URL("../../support/engine/scriptedEngine.mjs", import.meta.url));
const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, seed: 1 };
const generate: GenerateParams = { chat: null, messages: [], thinking: "on", sampling, maxTokens: null };

/** An engine is started at once, but on a busy machine it may take seconds to say so. */
const limits = { silenceMs: 20_000, cancelMs: 300, cancelLoadMs: 100, startMs: 20_000 };

let folder: string;
let states: string[];
let log: string[];
let client: EngineClient;
let waiting: { state: EngineState["state"]; resolve: () => void }[];

/** Resolves at the next change to this state. */
const nextState = (state: EngineState["state"]): Promise<void> =>
  new Promise((resolve) => waiting.push({ state, resolve }));

function open(options: Partial<EngineClientOptions> = {}): EngineClient {
  return new EngineClient({
    nodePath: process.execPath,
    entry,
    cacheFolder: folder,
    limits,
    onState: ({ state }) => {
      states.push(state);
      waiting = waiting.filter((waiter) => (waiter.state === state ? waiter.resolve() : true));
    },
    onLog: (_, text) => log.push(text),
    ...options,
  });
}
async function reopened(other: Partial<EngineClientOptions["limits"]>): Promise<EngineClient> {
  await client.close();
  states = [];
  return open({ limits: { ...limits, ...other } });
}
const ask = (path: string) => client.request("load", { ...usualLoad, path });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "engine-client-"));
  states = [];
  log = [];
  waiting = [];
  client = open();
});
afterEach(async () => {
  await client.close();
  await rm(folder, { recursive: true });
});

/** Caches that the probes found these backends usable. */
async function found(...usable: Backend[]): Promise<void> {
  const probes = backends.map((backend) => ({
    ...unusableBackend(backend, { code: "noDriver" }),
    usable: backend === "cpu" || usable.includes(backend),
  }));
  await new ProbeCache(folder, { nodePath: process.execPath, entry }).write(probes);
}

describe("the backend of EngineClient", () => {
  it("is a graphics card that was found, and another one when asked, in a new process", async () => {
    await found("vulkan");
    expect(await client.start()).toMatchObject({ backend: "vulkan" });
    expect(await client.use({ backend: "vulkan", largePages: false })).toMatchObject({ backend: "vulkan" });
    expect(client.generation).toBe(1);
    expect(await client.use({ backend: "cpu", largePages: false })).toMatchObject({ backend: "cpu" });
    expect(client.generation).toBe(2);
    expect(log).toEqual([]);
    // It stays after a crash.
    await expect(ask("exit")).rejects.toMatchObject({ code: "engine-down" });
    expect(await client.start()).toMatchObject({ backend: "cpu" });
    // One that cannot be used changes nothing.
    expect(await client.use({ backend: "cuda", largePages: false })).toMatchObject({ backend: "cpu" });
  });

  it("changes only after the request that runs", async () => {
    await found("vulkan");
    const stop = new AbortController();
    await client.start();
    const reply = client.request("generate", generate, { signal: stop.signal });
    await vi.waitFor(() => expect(client.state.state).toBe("busy"));
    let changed = false;
    const change = client.use({ backend: "cpu", largePages: false }).then((info) => {
      changed = true;
      return info;
    });
    await ask("echo");
    expect(changed).toBe(false);
    expect(client.state).toMatchObject({ info: { backend: "vulkan" } });
    stop.abort();
    await reply.catch(() => undefined);
    expect(await change).toMatchObject({ backend: "cpu" });
  });

  it("is not software in place of a graphics card unless asked for", async () => {
    await found("vulkan");
    const cache = new ProbeCache(folder, { nodePath: process.execPath, entry });
    const probes = (await cache.read()) ?? [];
    await cache.write(probes.map((probe) => ({ ...probe, software: probe.backend === "vulkan" })));
    expect(await client.start()).toMatchObject({ backend: "cpu" });
    expect(await client.use({ backend: "vulkan", largePages: false })).toMatchObject({ backend: "vulkan" });
  });

  it("falls back if its engine ends at the start, but not where only this backend is of interest", async () => {
    await found("metal");
    expect(await client.start()).toMatchObject({ backend: "cpu" });
    await found("metal");
    client = open({ backend: "metal" });
    await expect(client.start()).rejects.toMatchObject({ code: "engine-start-failed" });
    const kept = await new ProbeCache(folder, { nodePath: process.execPath, entry }).read();
    expect(kept?.find(({ backend }) => backend === "metal")?.usable).toBe(true);
  });
});

describe("EngineClient, before anything is known of the backends", () => {
  let gate: string;
  beforeEach(async () => {
    gate = join(folder, "gate");
    await mkdir(gate);
    process.env["GGML_SCRIPTED_GATE"] = gate;
  });
  afterEach(() => {
    delete process.env["GGML_SCRIPTED_GATE"];
  });
  const openGate = () => writeFile(join(gate, "open"), "");
  const pidOf = async (backend: Backend): Promise<number> =>
    await vi.waitFor(async () => {
      const pid = Number(await readFile(join(gate, backend), "utf8"));
      expect(pid).toBeGreaterThan(0);
      return pid;
    });

  it("serves on the CPU while they are tried, and stays there for work that began on it", async () => {
    const before = await client.ready();
    expect(before).toMatchObject({ backend: "cpu" });
    expect(before.probes.map(({ reason }) => reason.code)).toContain("beingTried");
    const knowing = client.start();
    await pidOf("vulkan");
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
    await openGate();
    const known = await knowing;
    expect(known).toMatchObject({ backend: "cpu", pid: before.pid });
    expect(known.probes.find(({ backend }) => backend === "vulkan")).toMatchObject({ usable: true, devices: ["Card"] });
    expect(client.state).toMatchObject({ info: known });
    // Only then can it use the card.
    expect(await client.use({ backend: "vulkan", largePages: false })).toMatchObject({ backend: "vulkan" });
    expect(client.generation).toBe(2);
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
  });

  it("waits for them when another backend is asked for", async () => {
    const using = client.use({ backend: "vulkan", largePages: false });
    await pidOf("vulkan");
    expect(client.state).toMatchObject({ state: "ready", info: { backend: "cpu" } });
    await openGate();
    expect(await using).toMatchObject({ backend: "vulkan" });
  });

  it("tries them by itself once it is idle, and goes on with the card if nothing has begun", async () => {
    await openGate();
    client = open({ tryAfterMs: 0 });
    client.warmUp();
    await vi.waitFor(() => expect(client.state).toMatchObject({ state: "ready", info: { backend: "vulkan" } }));
    expect(states).not.toContain("crashed");
    expect((await client.start()).backend).toBe("vulkan");
    const kept = await new ProbeCache(folder, { nodePath: process.execPath, entry }).read();
    expect(kept?.find(({ backend }) => backend === "vulkan")?.usable).toBe(true);
  });

  it.each([{}, { backend: "cpu" }] as const)("keeps nothing of trials that closing it ended: %o", async (options) => {
    client = open(options);
    const knowing = client.start();
    const pid = await pidOf("vulkan");
    await Promise.all([client.close(), expect(knowing).rejects.toMatchObject({ code: "engine-down" })]);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"));
    expect(await new ProbeCache(folder, { nodePath: process.execPath, entry }).read()).toBeNull();
  });

  it("knows them also if the engine crashed meanwhile", async () => {
    const { pid } = await client.ready();
    const knowing = client.start();
    await pidOf("vulkan");
    const crashed = nextState("crashed");
    process.kill(pid, "SIGKILL");
    await crashed;
    await openGate();
    expect((await knowing).probes.map(({ reason }) => reason.code)).not.toContain("beingTried");
    expect((await client.ready()).pid).not.toBe(pid);
  });
});

describe("EngineClient.renew", () => {
  it("does its work while there is no process, and then starts another one, also if the work failed", async () => {
    const { pid } = await client.start();
    const seen: string[] = [];
    await client.renew(async () => {
      await Promise.resolve();
      expect(() => process.kill(pid, 0)).toThrow("ESRCH");
      seen.push(client.state.state);
    });
    expect(seen).toEqual(["starting"]);
    const renewed = await client.ready();
    expect(renewed.pid).not.toBe(pid);
    await expect(client.renew(() => Promise.reject(new Error("in the way")))).rejects.toThrow("in the way");
    expect((await client.ready()).pid).not.toBe(renewed.pid);
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
  });

  it("waits for the request that runs, and for the process that replaces one which crashes meanwhile", async () => {
    await found();
    await client.start();
    const isAsked = nextState("busy");
    const answered = ask("exit").catch((error: unknown) => error);
    await isAsked;
    let before: string[] = [];
    await client.renew(async () => {
      before = [...states];
    });
    expect(await answered).toMatchObject({ code: "engine-down" });
    expect(before).toEqual(["starting", "ready", "busy", "crashed", "starting", "ready", "starting"]);
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
  });

  it("starts no engine that was not started", async () => {
    let isDone = false;
    await client.renew(() => Promise.resolve(void (isDone = true)));
    expect({ isDone, states }).toEqual({ isDone: true, states: [] });
  });

  it("has whoever starts one meanwhile wait until its work is done", async () => {
    const order: string[] = [];
    let finish: () => void = () => undefined;
    const renewed = client.renew(() => new Promise((resolve) => (finish = resolve)));
    const answered = ask("echo").then(() => order.push("answered"));
    // By the time that another one has started, this one would have, too.
    const other = open({ cacheFolder: await mkdtemp(join(folder, "other-")) });
    await other.request("load", { ...usualLoad, path: "echo" });
    await other.close();
    expect(client.generation).toBe(0);
    order.push("done");
    finish();
    await Promise.all([renewed, answered]);
    expect(order).toEqual(["done", "answered"]);
  });
});

describe("EngineClient", () => {
  it("starts at the first request, reports it, and keeps the results of the probes", async () => {
    await expect(ask("echo")).resolves.toEqual({ outcome: "done", value: "echo" });
    expect(states).toEqual(["starting", "ready", "busy", "ready"]);
    const info = await client.start();
    if (process.platform !== "darwin") {
      expect(info.probes.find((probe) => probe.backend === "cuda")?.reason.code).toMatch(/^ended/);
    }
    expect(info.probes.at(-1)).toMatchObject({ backend: "cpu", usable: true });
    const kept = JSON.parse(await readFile(join(folder, "engine-probes.json"), "utf8")) as { probes: unknown };
    expect(kept.probes).toEqual(info.probes);
  });

  it("settles each request once, whatever else the engine sends", async () => {
    await expect(ask("twice")).resolves.toEqual({ outcome: "done", value: "first" });
    await expect(ask("garbage")).resolves.toEqual({ outcome: "done", value: "after garbage" });
    expect(log.filter((line) => line.includes("unexpected"))).toHaveLength(7);
  });

  it("passes on the engine's own coded failures and keeps it running", async () => {
    await expect(ask("refuse")).rejects.toMatchObject({ code: "model-truncated", detail: "too short" });
    expect(client.state.state).toBe("ready");
    expect(client.generation).toBe(1);
  });

  it.each([
    ["exit", "engine-down", /"exitCode":3/],
    ["abort", "engine-down", /SIGABRT|exitCode/],
    ["memory", "engine-out-of-memory", /./],
    ["hang", "engine-hung", /"silent"/],
  ])("survives %s and answers the next request with a new process", async (path, code, message) => {
    if (path === "hang") client = await reopened({ silenceMs: 5000 });
    await expect(ask(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
    expect(client.generation).toBe(2);
  });

  it("rejects every pending request when the engine crashes", async () => {
    const pending = [client.request("unload", {}), client.request("generate", generate), ask("exit")];
    const settled = await Promise.allSettled(pending);
    expect(settled.map((one) => (one.status === "rejected" ? one.reason.code : one.status))).toEqual(
      pending.map(() => "engine-down"),
    );
  });

  it("gives up after three failures in a row, until the user starts it", async () => {
    for (let round = 0; round < 3; round++) await expect(ask("exit")).rejects.toMatchObject({ code: "engine-down" });
    expect(client.state.state).toBe("gaveUp");
    await expect(ask("echo")).rejects.toMatchObject({ code: "engine-gave-up" });
    await client.start();
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
  });

  it("resets the count of failures after a success", async () => {
    for (let round = 0; round < 4; round++) {
      await expect(ask("exit")).rejects.toMatchObject({ code: "engine-down" });
      await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
    }
  });

  it("terminates an engine that ignores a stop, and settles with what it has received", async () => {
    const stop = new AbortController();
    const outcome = await client.request("generate", generate, { signal: stop.signal, onEvent: () => stop.abort() });
    expect(outcome).toEqual({
      outcome: "cancelled",
      // The average, as for any reply that is stored, not the speed in its last second.
      value: {
        stopReason: "stopped",
        thoughtTokens: 2,
        answerTokens: 1,
        thoughtMs: 3,
        ttftMs: 7,
        tokensPerSecond: 5,
        prefillTokensPerSecond: null,
        speedSamples: [],
        promptTokens: 9,
        cachedTokens: 4,
      },
    });
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
  });

  it("replaces an engine whose load cannot be stopped, without counting that as a crash", async () => {
    await client.start();
    const stop = new AbortController();
    const load = client.request("load", { ...usualLoad, path: "deaf" }, { signal: stop.signal });
    await nextState("busy");
    stop.abort();
    await expect(load).resolves.toEqual({ outcome: "cancelled", value: null });
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
    expect(client.generation).toBe(2);
    expect(states).not.toContain("crashed");
  });

  it("allows a stop the request's own time limit, and does not count slowness as a failure", async () => {
    client = await reopened({ cancelMs: 60_000 });
    await client.start();
    const measure = { tests: [], repeats: 1, seed: 1, firstTokenPromptTokens: null };
    for (let round = 0; round < 4; round++) {
      const stop = new AbortController();
      const measured = client.request("measure", measure, { signal: stop.signal, cancelMs: 50 });
      await nextState("busy");
      stop.abort();
      await expect(measured).resolves.toEqual({ outcome: "cancelled", value: null });
    }
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
    expect(states).not.toContain("crashed");
    expect(states).not.toContain("gaveUp");
  });

  it("does not delay a stopped request until the engine has started", async () => {
    const stop = new AbortController();
    const outcome = client.request("generate", generate, { signal: stop.signal });
    expect(states.at(-1)).toBe("starting");
    stop.abort();
    await expect(outcome).resolves.toEqual({ outcome: "cancelled", value: null });
    expect(states).toEqual(["starting"]);
    await expect(ask("echo")).resolves.toMatchObject({ value: "echo" });
    expect(client.generation).toBe(1);
  });

  it("sends nothing for a request that was cancelled before it was sent", async () => {
    await client.start();
    const outcome = client.request("generate", generate, { signal: AbortSignal.abort() });
    await expect(outcome).resolves.toEqual({ outcome: "cancelled", value: null });
  });

  it("restarts at once after a crash while idle", async () => {
    const { pid } = await client.start();
    const crashed = nextState("crashed");
    const ready = nextState("ready");
    process.kill(pid, "SIGKILL");
    await Promise.all([crashed, ready]);
    expect(client.generation).toBe(2);
  });

  it("refuses an engine with a different protocol version, and a missing binary", async () => {
    process.env["GGML_SCRIPTED_PROTOCOL"] = "999";
    await expect(client.start()).rejects.toMatchObject({ code: "engine-start-failed", message: /version 999/ });
    delete process.env["GGML_SCRIPTED_PROTOCOL"];
    const other = open({ nodePath: join(folder, "missing") });
    await expect(other.start()).rejects.toMatchObject({ code: "engine-start-failed" });
    await other.close();
  });

  it("settles pending requests when it is closed, and starts nothing afterwards", async () => {
    await client.start();
    const pending = client.request("generate", generate);
    await Promise.all([client.close(), expect(pending).rejects.toMatchObject({ code: "engine-down" })]);
    expect(client.state.state).toBe("stopped");
    await expect(ask("echo")).rejects.toMatchObject({ code: "engine-down" });
  });
});
