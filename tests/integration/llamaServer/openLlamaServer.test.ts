import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { filesWith } from "../../e2e/support/filesWith.ts";
import { isProcessAlive } from "../../../electron/workbench/isProcessAlive.ts";
import { scriptedServer } from "../../support/llamaServer/scriptedServer.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

const card = "  CUDA0: NVIDIA GeForce RTX 5090 (32109 MiB, 31588 MiB free)";

async function nanoOf({ workbench }: Awaited<ReturnType<typeof openTestWorkbench>>) {
  const model = (await workbench.call("models.list", {})).find(({ builtIn }) => builtIn);
  if (model === undefined) throw new Error("R1 Nano is missing.");
  return model;
}

test("the chosen program runs the chosen model, and ends with the workbench", async () => {
  const { program, starts } = await scriptedServer({ devices: [card] });
  const opened = await openTestWorkbench();
  const { workbench, home } = opened;
  const model = await nanoOf(opened);
  await expect(workbench.call("llamaServer.start", {})).rejects.toMatchObject({ facts: { case: "noProgram" } });
  await workbench.chooseLlamaServer(program);
  await expect(workbench.call("llamaServer.start", {})).rejects.toMatchObject({ facts: { case: "noModel" } });
  await workbench.call("llamaServer.setUp", { modelId: model.id, contextSize: 2048 });

  const plan = await workbench.call("llamaServer.plan", {});
  // Nano has no experts, so llama-server places it itself.
  expect(plan).toMatchObject({ placement: { by: "itself" }, speed: null, isReadFromDisk: false });
  expect(plan.devices).toHaveLength(1);
  expect(plan.arguments.slice(0, 2)).toEqual(["--model", "path" in model.source ? model.source.path : ""]);

  const { server } = await workbench.call("llamaServer.start", {});
  expect(server.state).toBe("ready");
  const [start] = await starts();
  expect(start?.args).toEqual([...plan.arguments, "--host", "127.0.0.1", "--port", "0"]);
  expect(workbench.llamaServerAccess()).toMatchObject({ name: model.name, key: start?.key });
  const kept = await readFile(join(home, "llama-server.json"), "utf8");
  expect(JSON.parse(kept)).toEqual({
    program: { path: program, version: "4711 (0123abc)" },
    setup: { modelId: model.id, contextSize: 2048, workers: [] },
  });
  await workbench.close();
  expect(workbench.llamaServerAccess()).toBeNull();
  await expect.poll(() => isProcessAlive(start?.pid ?? 0)).toBe(false);
});

test("while Offline is on, it runs all the same: nothing leaves this machine", async () => {
  const { program } = await scriptedServer({ asksUntilLoaded: 2 });
  process.env["HTTP_PROXY"] = "http://127.0.0.1:9";
  onTestFinished(() => {
    delete process.env["HTTP_PROXY"];
  });
  const opened = await openTestWorkbench(undefined, undefined, { offline: true });
  const { workbench } = opened;
  await workbench.chooseLlamaServer(program);
  await workbench.call("llamaServer.setUp", { modelId: (await nanoOf(opened)).id });
  expect((await workbench.call("llamaServer.start", {})).server.state).toBe("ready");
  expect((await workbench.call("llamaServer.stop", {})).server).toEqual({ state: "off" });
});

test("one that fails rejects with why, and its log stays", async () => {
  const { program } = await scriptedServer({ exit: 1, say: "error: it cannot" });
  const opened = await openTestWorkbench();
  const { workbench } = opened;
  await workbench.chooseLlamaServer(program);
  await workbench.call("llamaServer.setUp", { modelId: (await nanoOf(opened)).id });
  await expect(workbench.call("llamaServer.start", {})).rejects.toMatchObject({
    code: "llama-server-failed",
    facts: { case: "exitCode", exitCode: 1 },
    detail: "error: it cannot",
  });
  expect(await workbench.call("llamaServer.log", {})).toEqual(["error: it cannot"]);
});

test("in the app, it is a server with a key of its own while it runs, also while it is started again", async () => {
  const { program, starts } = await scriptedServer({ answer: "42" });
  const opened = await openTestWorkbench(undefined, undefined, { isApp: true });
  const { workbench, home } = opened;
  await workbench.chooseLlamaServer(program);
  await workbench.call("llamaServer.setUp", { modelId: (await nanoOf(opened)).id, contextSize: 2048 });
  const remote = async () => (await workbench.call("models.list", {})).filter(({ owner }) => owner === "server");
  const listed = async () => (await workbench.call("servers.list", {})).servers;
  const { plan, server: state } = await workbench.call("llamaServer.start", {});
  expect(plan).toMatchObject({ placement: { by: "processor" } });
  const [model] = await remote();
  expect(model).toMatchObject({
    name: "R1 Nano",
    contextLength: 2048,
    source: { serverId: "llama-server", isThisMachine: true, abilities: { countsTokens: true } },
  });
  await expect.poll(async () => (await listed())[0]?.test.state, { timeout: 20_000 }).toBe("done");
  const [server] = await listed();
  expect(server).toMatchObject({ id: "llama-server", keyFrom: "app", dialect: "llama-server", isThisMachine: true });
  const serverId = server?.id ?? "";
  await expect(workbench.call("servers.remove", { serverId })).rejects.toMatchObject({ code: "server-not-found" });
  await expect(workbench.call("servers.change", { serverId, name: "x" })).rejects.toMatchObject({
    code: "server-not-found",
  });

  const seen = new Set<number>();
  process.kill("pid" in state ? state.pid : 0, "SIGKILL");
  await expect
    .poll(
      async () => {
        seen.add((await remote()).length);
        return (await starts()).length;
      },
      { timeout: 20_000 },
    )
    .toBe(2);
  expect([...seen]).toEqual([1]);
  expect((await listed())[0]?.test.state).toBe("done");

  await workbench.call("llamaServer.stop", {});
  expect(await remote()).toEqual([]);
  expect(await listed()).toEqual([]);
  const key = (await starts())[0]?.key ?? "";
  expect(key.length).toBeGreaterThan(40);
  expect(filesWith(home, key)).toEqual([]);
});

test("workers on other machines are agreed to when they are added, and only then", async () => {
  const asked: (readonly string[])[] = [];
  let agrees = false;
  const { workbench } = await openTestWorkbench(undefined, undefined, {
    confirmWorkers: (workers) => {
      asked.push(workers);
      return Promise.resolve(agrees);
    },
  });
  const setUp = (...workers: string[]) => workbench.call("llamaServer.setUp", { workers });
  await setUp("127.0.0.1:50052", "[::1]:50053", "localhost:50054");
  expect(asked).toEqual([]);
  await expect(setUp("192.0.2.7:50052")).rejects.toMatchObject({
    code: "server-not-agreed",
    facts: { case: "declined", origin: "192.0.2.7:50052" },
  });
  expect((await workbench.call("llamaServer.state", {})).setup.workers).toHaveLength(3);
  agrees = true;
  await setUp("127.0.0.1:50052", "192.0.2.7:50052");
  await setUp("192.0.2.7:50052", "gpu.example.org:50052");
  await setUp("192.0.2.7:50052");
  expect(asked.slice(1)).toEqual([["192.0.2.7:50052"], ["gpu.example.org:50052"]]);
  const { workbench: withNobody } = await openTestWorkbench();
  await expect(withNobody.call("llamaServer.setUp", { workers: ["192.0.2.7:50052"] })).rejects.toMatchObject({
    facts: { case: "nobodyToAsk" },
  });
});

test("a start that still asks for devices can be stopped, and then runs nothing", async () => {
  const { program, starts } = await scriptedServer();
  const states: string[] = [];
  const opened = await openTestWorkbench(undefined, ({ name, data }) => {
    if (name === "llamaServer.changed") states.push((data as { state: string }).state);
  });
  const { workbench } = opened;
  await workbench.chooseLlamaServer(program);
  await workbench.call("llamaServer.setUp", { modelId: (await nanoOf(opened)).id });
  const starting = workbench.call("llamaServer.start", {});
  await expect.poll(() => states).toEqual(["starting"]);
  await workbench.call("llamaServer.stop", {});
  expect((await starting).server).toEqual({ state: "off" });
  expect(states).toEqual(["starting", "off"]);
  expect(await starts()).toEqual([]);
});

test("while Offline is on, no worker on another machine is asked, and turning it on ends the server that has one", async () => {
  const { program, starts } = await scriptedServer({ asksUntilLoaded: 2 });
  const opened = await openTestWorkbench(undefined, undefined, { confirmWorkers: () => Promise.resolve(true) });
  const { workbench } = opened;
  await workbench.chooseLlamaServer(program);
  await workbench.call("llamaServer.setUp", { modelId: (await nanoOf(opened)).id, workers: ["192.0.2.7:50052"] });
  const before = await starts();
  await workbench.call("settings.change", { offline: true });
  await expect(workbench.call("llamaServer.plan", {})).rejects.toMatchObject({ code: "offline" });
  await expect(workbench.call("llamaServer.start", {})).rejects.toMatchObject({ code: "offline" });
  expect(await starts()).toEqual(before);

  await workbench.call("settings.change", { offline: false });
  expect((await workbench.call("llamaServer.start", {})).server.state).toBe("ready");
  await workbench.call("settings.change", { offline: true });
  await expect
    .poll(async () => (await workbench.call("llamaServer.state", {})).server.state, { timeout: 20_000 })
    .toBe("off");
  const { connections } = await workbench.call("network.connections", {});
  expect(connections.map(({ host, outcome }) => [host, outcome])).toContainEqual(["192.0.2.7:50052", "stopped"]);
});

test("no path can be set up, and no address with more than one worker in it", async () => {
  const { workbench } = await openTestWorkbench();
  const setUp = (setup: object) => workbench.call("llamaServer.setUp", setup);
  await expect(setUp({ workers: ["a:1,b:2"] })).rejects.toMatchObject({ code: "input-invalid" });
  await setUp({ program: "/bin/sh", modelId: "/etc/passwd" } as object);
  expect((await workbench.call("llamaServer.state", {})).program).toBeNull();
});
