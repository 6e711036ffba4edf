import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, test } from "vitest";
import type { Download } from "../../../electron/contract/downloads.ts";
import type { Connection } from "../../../electron/contract/network.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { runR1 } from "../../support/cli/runR1.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openHub } from "../downloads/openDownloads.ts";

const sizeBytes = 6_000_000;

async function openWithHub(bytesPerSecond: number | null = null) {
  const hub = await openHub({ "model.gguf": { sizeBytes, seed: 3 } }, { bytesPerSecond });
  const home = join(await temporaryFolder(), "home");
  const waiting = new Set<(list: Download[]) => void>();
  const { workbench, events } = await openTestWorkbench(
    home,
    ({ name, data }) => {
      if (name === "downloads.changed") for (const look of waiting) look(data as Download[]);
    },
    { confirmHub: () => Promise.resolve(true) },
  );
  await workbench.call("settings.change", { hubEndpoint: hub.endpoint });
  const until = (wanted: (status: Download["status"]) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (list: Download[]): void => {
        if (!list.some(({ status }) => wanted(status))) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
  const start = () => workbench.call("downloads.start", { file: { repo: hub.repo, path: "model.gguf" } });
  const recorded = async (): Promise<Connection[]> => (await workbench.call("network.connections", {})).connections;
  return { hub, home, workbench, events, until, start, recorded };
}

test("each request that the hub saw is in the record, with the reason, and nothing else is", async () => {
  const { hub, workbench, until, start, recorded, events } = await openWithHub();
  expect(await recorded()).toEqual([]);
  await workbench.call("hub.search", { words: "deepseek r1" });
  await workbench.call("hub.listing", { repo: hub.repo });
  const done = until(({ state }) => state === "done");
  await start();
  await done;
  await expect.poll(async () => (await recorded()).every(({ outcome }) => outcome === "done")).toBe(true);

  const connections = await recorded();
  const hosts = { hub: new URL(hub.endpoint).host, cdn: new URL(hub.cdnOrigin).host };
  const found = connections.map(({ host, reason }) => [host, reason.code]).toReversed();
  expect(found).toEqual([
    [hosts.hub, "search"],
    [hosts.hub, "listing"],
    [hosts.hub, "download"],
    [hosts.cdn, "download"],
  ]);
  expect(connections.at(-1)?.reason).toEqual({ code: "search", facts: { words: "deepseek r1" } });
  expect(connections[0]?.reason).toEqual({ code: "download", facts: { name: "model" } });
  for (const server of ["hub", "cdn"] as const) {
    const requests = connections.filter(({ host }) => host === hosts[server]).reduce((sum, c) => sum + c.requests, 0);
    expect(requests, server).toBe(hub.state.requests.filter((request) => request.server === server).length);
  }
  const [fromCdn] = connections;
  expect(fromCdn?.receivedBytes).toBeGreaterThan(sizeBytes);
  expect(fromCdn?.receivedBytes).toBeLessThan(sizeBytes * 1.05);
  expect(events.some(({ name }) => name === "network.connectionsChanged")).toBe(true);

  await workbench.call("network.clear", {});
  expect(await recorded()).toEqual([]);
});

test("Offline refuses what would connect, pauses a download at once, and resumes it afterwards", async () => {
  const { hub, workbench, until, start, recorded, events } = await openWithHub(1_000_000);
  const running = until(({ state }) => state === "running");
  const { id: downloadId } = await start();
  await running;
  const paused = until((status) => status.state === "paused" && status.reason === "offline");
  await workbench.call("settings.change", { offline: true });
  await paused;
  expect(events).toContainEqual({ name: "network.changed", data: { isOffline: true, isForced: false } });
  const before = hub.state.requests.length;
  const offline = { code: "offline" };
  await expect(workbench.call("hub.search", { words: "r1" })).rejects.toMatchObject(offline);
  await expect(workbench.call("hub.listing", { repo: hub.repo })).rejects.toMatchObject(offline);
  await expect(start()).rejects.toMatchObject(offline);
  await expect(workbench.call("downloads.resume", { downloadId })).rejects.toMatchObject(offline);
  // What needs no connection works as always.
  expect(await workbench.call("hub.access", {})).toMatchObject({ endpoint: hub.endpoint });
  expect(hub.state.requests.length).toBe(before);
  await expect.poll(async () => (await recorded()).map(({ outcome }) => outcome)).toContain("stopped");

  hub.state.bytesPerSecond = null;
  const done = until(({ state }) => state === "done");
  await workbench.call("settings.change", { offline: false });
  await done;
});

it("stays on across a restart, for r1 too", async () => {
  const { hub, home, workbench } = await openWithHub();
  await workbench.call("settings.change", { offline: true });
  await workbench.close();
  const again = await openTestWorkbench(home);
  expect(await again.workbench.call("network.state", {})).toEqual({ isOffline: true, isForced: false });
  const command = await runR1(["download", hub.repo, "model.gguf"], { home, env: { HF_ENDPOINT: hub.endpoint } });
  expect(command).toMatchObject({ status: 1, stdout: "" });
  expect(command.stderr).toMatch(/^r1: Offline is on/);
  expect(hub.state.requests).toEqual([]);
});

it("stops an r1 that is downloading when it is turned on elsewhere, and the same command resumes it afterwards", async () => {
  const { hub, home, workbench, recorded } = await openWithHub(1_000_000);
  const env = { HF_ENDPOINT: hub.endpoint };
  const args = ["download", hub.repo, "model.gguf"];
  const running = runR1(args, { home, env });
  await expect.poll(() => hub.state.bytesSent, { timeout: 30_000 }).toBeGreaterThan(500_000);
  await workbench.call("settings.change", { offline: true });
  const stopped = await running;
  expect(stopped).toMatchObject({ status: 1, stdout: "" });
  expect(stopped.stderr).toMatch(/^r1: Offline was turned on, so the connection was closed\./);
  expect(hub.state.bytesSent).toBeLessThan(sizeBytes);
  expect((await recorded()).map(({ outcome }) => outcome)).toContain("stopped");

  hub.state.bytesPerSecond = null;
  await workbench.call("settings.change", { offline: false });
  expect(await runR1(args, { home, env })).toMatchObject({ status: 0 });
});

it("keeps a download paused across a restart, and resumes it when it is turned off", async () => {
  const { hub, home, workbench, until, start } = await openWithHub(1_000_000);
  const running = until(({ state }) => state === "running");
  await start();
  await running;
  const paused = until((status) => status.state === "paused" && status.reason === "offline");
  await workbench.call("settings.change", { offline: true });
  await paused;
  await workbench.close();
  hub.state.bytesPerSecond = null;

  const again = await openTestWorkbench(home, () => undefined, { confirmHub: () => Promise.resolve(true) });
  const list = () => again.workbench.call("downloads.list", {});
  expect((await list()).map(({ status }) => status)).toEqual([{ state: "paused", reason: "offline", problem: null }]);
  await again.workbench.call("settings.change", { offline: false });
  await expect
    .poll(async () => (await list()).map(({ status }) => status.state), { timeout: 30_000 })
    .toEqual(["done"]);
});

test("r1 --offline and R1_OFFLINE refuse connections, whatever the settings say", async () => {
  const hub = await openHub({ "model.gguf": { sizeBytes: 1000 } });
  const home = await temporaryFolder();
  const HF_ENDPOINT = hub.endpoint;
  const download = ["download", hub.repo, "model.gguf"];
  const refused = { status: 1, code: "offline", facts: { case: "forced" } };
  for (const [args, env] of [
    [["--offline", "--json", ...download], { HF_ENDPOINT }],
    [[...download, "--offline", "--json"], { HF_ENDPOINT }],
    [[...download, "--json"], { HF_ENDPOINT, R1_OFFLINE: "1" }],
  ] as const) {
    const { status, stdout } = await runR1([...args], { home, env });
    const { error } = JSON.parse(stdout) as { error: { code: string; facts: object } };
    expect({ status, ...error }).toMatchObject(refused);
  }
  expect(hub.state.requests).toEqual([]);
  expect((await runR1([...download], { home, env: { HF_ENDPOINT, R1_OFFLINE: "0" } })).status).toBe(0);
  const record = await readFile(join(home, "connections.jsonl"), "utf8");
  expect(record.trim().split("\n").length).toBeGreaterThan(0);
});

test("a download of a model in the catalogue is recorded with the model's name", async () => {
  const repo = "unsloth/DeepSeek-R1-Distill-Qwen-1.5B-GGUF";
  const file = "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M.gguf";
  const hub = await openHub({ [file]: { sizeBytes: 1000 } }, { repo });
  const home = await temporaryFolder();
  expect((await runR1(["download", repo, file], { home, env: { HF_ENDPOINT: hub.endpoint } })).status).toBe(0);
  const record = (await readFile(join(home, "connections.jsonl"), "utf8")).trim().split("\n");
  const facts = { case: "inCatalogue", name: "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M", model: "R1-Distill-Qwen-1.5B" };
  for (const line of record) expect(JSON.parse(line)).toMatchObject({ reason: { code: "download", facts } });
});

test("what the window tried is recorded as refused", async () => {
  const { workbench, recorded } = await openWithHub();
  workbench.recordRefused("tracker.example");
  await expect
    .poll(recorded)
    .toMatchObject([
      { host: "tracker.example", reason: { code: "page", facts: {} }, outcome: "refused", requests: 1, sentBytes: 0 },
    ]);
});
