import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
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

test("one that fails rejects with why", async () => {
  const { program } = await scriptedServer({ exit: 1, say: "error: out of memory" });
  const opened = await openTestWorkbench();
  const { workbench } = opened;
  await workbench.chooseLlamaServer(program);
  await workbench.call("llamaServer.setUp", { modelId: (await nanoOf(opened)).id });
  await expect(workbench.call("llamaServer.start", {})).rejects.toMatchObject({
    code: "llama-server-failed",
    facts: { case: "exitCode", exitCode: 1 },
    detail: "error: out of memory",
  });
});

test("while Offline is on, no worker on another machine is asked, and turning it on ends the server that has one", async () => {
  const { program, starts } = await scriptedServer({ asksUntilLoaded: 2 });
  const opened = await openTestWorkbench();
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
