import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { StartedServer } from "../../../electron/contract/llamaServer.ts";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import type { Clock } from "../../../electron/workbench/idleTimer.ts";
import { isProcessAlive } from "../../../electron/workbench/isProcessAlive.ts";
import { type Access, LlamaServer } from "../../../electron/workbench/llamaServer/LlamaServer.ts";
import { residentBytes } from "../../../electron/workbench/llamaServer/residentBytes.ts";
import { scriptedServer } from "../../support/llamaServer/scriptedServer.ts";

const { engine, serverKeeper } = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const keeper = { nodePath: engine.nodePath, entry: serverKeeper };

/** Waits a hundredth of the time. Its days pass as the test says. */
function quickClock() {
  let passed = 0;
  const pending = new Set<NodeJS.Timeout>();
  const clock: Clock = {
    now: () => Date.now() + passed,
    after(ms, callback) {
      const timer = setTimeout(() => {
        pending.delete(timer);
        callback();
      }, ms / 100);
      pending.add(timer);
      return () => {
        pending.delete(timer);
        clearTimeout(timer);
      };
    },
  };
  return {
    clock,
    pending,
    pass: (ms: number): void => {
      passed += ms;
    },
  };
}

function openServer() {
  const states: StartedServer[] = [];
  const accesses: (Access | null)[] = [];
  const { clock, pass, pending } = quickClock();
  const server = new LlamaServer({
    keeper,
    isReady: async (url) => (await fetch(new URL("/health", url))).ok,
    residentBytes: (pid) => residentBytes(pid),
    onState: (state) => states.push(state),
    onAccess: (access) => accesses.push(access),
    clock,
  });
  onTestFinished(() => server.stop());
  return { server, states, accesses, pass, pending };
}

/** Resolves with the state of a server that is ready. */
async function ready(server: LlamaServer) {
  await expect.poll(() => server.state.state).toBe("ready");
  if (server.state.state !== "ready") throw new Error("It is not ready any more.");
  return server.state;
}

const gone = (pid: number) => expect.poll(() => isProcessAlive(pid)).toBe(false);

test("it is ready once its model is loaded; its key is in no command line and no log", async () => {
  const { program, starts } = await scriptedServer({ asksUntilLoaded: 3 });
  const { server, states, accesses } = openServer();
  await server.start({ program, args: ["--model", "a.gguf"] });
  const [start] = await starts();
  const { pid, url, memoryBytes } = await ready(server);
  expect(states.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1])).toEqual([
    "starting",
    "loading",
    "ready",
  ]);
  expect(start?.pid).toBe(pid);
  expect(start?.args).toEqual(["--model", "a.gguf", "--host", "127.0.0.1", "--port", "0"]);
  expect(accesses.at(-1)).toEqual({ url, key: start?.key });
  expect(Buffer.from(start?.key ?? "", "base64url").length).toBe(32);
  expect(memoryBytes).toBeGreaterThan(10_000_000);
  expect(server.log).toEqual(["api_keys: …", `listening on ${url}`]);
  await server.stop();
  await gone(pid);
  expect(accesses.at(-1)).toBeNull();
  expect(server.state).toEqual({ state: "off" });
  expect(server.log.at(-1)).toBe(`listening on ${url}`);
});

test("settings of llama-server in the environment do not reach it, nor secrets", async () => {
  process.env["LLAMA_ARG_HOST"] = "0.0.0.0";
  process.env["HF_TOKEN"] = "hf_secret";
  onTestFinished(() => {
    delete process.env["LLAMA_ARG_HOST"];
    delete process.env["HF_TOKEN"];
  });
  const { program, starts } = await scriptedServer();
  const { server } = openServer();
  await server.start({ program, args: [] });
  const names = Object.keys((await starts())[0]?.env ?? {});
  expect(names).toContain("PATH");
  expect(names.filter((name) => name.startsWith("LLAMA_ARG_") || name === "HF_TOKEN")).toEqual([]);
});

test("one that ends by itself is started again three times, with the same address and key", async () => {
  const { program, starts } = await scriptedServer();
  const { server, states, accesses } = openServer();
  await server.start({ program, args: [] });
  const first = await ready(server);
  for (const restart of [1, 2, 3]) {
    const { pid } = await ready(server);
    process.kill(pid, "SIGKILL");
    await expect.poll(() => states.some((state) => state.state === "waiting" && state.restart === restart)).toBe(true);
    await expect.poll(async () => (await starts()).length).toBe(restart + 1);
    await expect.poll(() => server.state.state).toBe("ready");
    expect((await ready(server)).url).toBe(first.url);
  }
  process.kill((await ready(server)).pid, "SIGKILL");
  await expect.poll(() => server.state.state).toBe("failed");
  expect(server.state).toMatchObject({
    problem: { code: "llama-server-failed", facts: { case: "signal", signal: "SIGKILL" } },
  });
  expect(new Set((await starts()).map(({ key }) => key)).size).toBe(1);
  expect(await starts()).toHaveLength(4);
  expect(accesses.at(-1)).toBeNull();
});

test("restarts that are long ago do not count", async () => {
  const { program, starts } = await scriptedServer();
  const { server, pass } = openServer();
  await server.start({ program, args: [] });
  for (let crash = 1; crash <= 5; crash++) {
    const { pid } = await ready(server);
    pass(11 * 60_000);
    process.kill(pid, "SIGKILL");
    await expect.poll(async () => (await starts()).length).toBe(crash + 1);
    await expect.poll(() => server.state.state === "ready" && server.state.pid !== pid).toBe(true);
  }
});

test("one that never was ready is not started again, and its last words are kept", async () => {
  const { program, starts } = await scriptedServer({ exit: 3, say: "error: unknown model architecture" });
  const { server } = openServer();
  await server.start({ program, args: [] });
  expect(server.state).toMatchObject({
    state: "failed",
    problem: { facts: { case: "exitCode", exitCode: 3 }, detail: "error: unknown model architecture" },
  });
  expect(await starts()).toHaveLength(1);
});

test.each([
  ["portTaken", "srv start: couldn't bind HTTP server socket, hostname: 127.0.0.1, port: 8080"],
  [
    "outOfMemory",
    "ggml_backend_cuda_buffer_type_alloc_buffer: allocating 11264.00 MiB: cudaMalloc failed: out of memory",
  ],
  ["modelNotLoaded", "srv load_model: failed to load model, 'gone.gguf'"],
])("why it ended is told if it says so: %s", async (reason, say) => {
  const { program } = await scriptedServer({ exit: 1, say });
  const { server } = openServer();
  await server.start({ program, args: [] });
  expect(server.state).toMatchObject({ state: "failed", problem: { facts: { case: reason }, detail: say } });
});

test("a program that is not there fails at once", async () => {
  const { server } = openServer();
  await server.start({ program: "/nowhere/llama-server", args: [] });
  expect(server.state).toMatchObject({ state: "failed", problem: { facts: { case: "notRunnable" } } });
});

test("it can be stopped while it loads", async () => {
  const { program, starts } = await scriptedServer({ asksUntilLoaded: 1_000_000 });
  const { server } = openServer();
  const starting = server.start({ program, args: [] });
  await expect.poll(() => server.state.state).toBe("loading");
  await expect.poll(async () => (await starts()).length).toBe(1);
  await server.stop();
  await starting;
  expect(server.state).toEqual({ state: "off" });
  await gone((await starts())[0]?.pid ?? 0);
});

test("it can be stopped while it waits to be started again", async () => {
  const { program, starts } = await scriptedServer();
  const { server, states, pending } = openServer();
  await server.start({ program, args: [] });
  states.length = 0;
  const stopped = new Promise<void>((resolve) => {
    const { push } = states;
    states.push = (...added) => {
      if (added.some(({ state }) => state === "waiting")) void server.stop().then(resolve);
      return push.apply(states, added);
    };
  });
  process.kill((await ready(server)).pid, "SIGKILL");
  await stopped;
  expect(server.state).toEqual({ state: "off" });
  expect(pending.size).toBe(0);
  expect(await starts()).toHaveLength(1);
});

test("one whose keeper is killed does not stay behind", async () => {
  const { program, starts } = await scriptedServer();
  const { server } = openServer();
  await server.start({ program, args: [] });
  const { pid } = await ready(server);
  const keeperPid = Number(/^PPid:\s*(\d+)$/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]);
  process.kill(keeperPid, "SIGKILL");
  await gone(pid);
  await expect.poll(async () => (await starts()).length).toBe(2);
});

test("two starts at once leave one server", async () => {
  const { program, starts } = await scriptedServer();
  const { server } = openServer();
  await Promise.all([server.start({ program, args: ["one"] }), server.start({ program, args: ["two"] })]);
  const { pid } = await ready(server);
  const others = (await starts()).filter((start) => start.pid !== pid);
  for (const other of others) await gone(other.pid);
  expect(isProcessAlive(pid)).toBe(true);
});

test("one that does not end when it is asked to is killed", async () => {
  const { program } = await scriptedServer({ deaf: true });
  const { server } = openServer();
  await server.start({ program, args: [] });
  const { pid } = await ready(server);
  await server.stop();
  await gone(pid);
});

const processes = new URL("../../../electron/workbench/llamaServer/ServerProcess.ts", import.meta.url).href;

test.each(["SIGKILL", "SIGTERM"] as const)("it ends with the app, also if that is ended by %s", async (signal) => {
  const { program, starts } = await scriptedServer({ deaf: true });
  const source = `
    const { ServerProcess } = await import(${JSON.stringify(processes)});
    new ServerProcess({
      keeper: ${JSON.stringify(keeper)}, program: ${JSON.stringify(program)}, args: ["--port", "0", "--host", "127.0.0.1"],
      key: "k", onStarted() {}, onExit() {}, onListening() { console.log("listening"); },
    });`;
  const node = ["--experimental-strip-types", "--no-warnings", "--input-type=module", "-e", source];
  const app = spawn(keeper.nodePath, node, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void app.kill("SIGKILL"));
  await once(app.stdout, "data");
  const { pid = 0 } = (await starts())[0] ?? {};
  expect(isProcessAlive(pid)).toBe(true);
  app.kill(signal);
  await gone(pid);
});
