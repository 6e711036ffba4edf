import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { DownloadStatus } from "../../../electron/contract/downloads.ts";
import { componentsFolder, folderName } from "../../../electron/workbench/components/componentFolder.ts";
import { type ComponentRelease, sizesOf } from "../../../electron/workbench/components/ComponentRelease.ts";
import { examineComponent } from "../../../electron/workbench/components/examineComponent.ts";
import { serveComponent, type ServedComponent } from "../../support/components/servedComponent.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openDownloads, type TestOptions } from "../downloads/openDownloads.ts";

const hashWorker = fileURLToPath(new URL("../../../out/workbench/hashWorker.js", import.meta.url));
const over = new Set<DownloadStatus["state"]>(["done", "failed", "paused"]);

function openInstaller({ server, release }: ServedComponent, home: string, more: TestOptions = {}) {
  const opened = openDownloads(server, home, { releases: [release], ...more });
  return {
    ...opened,
    install: async () => {
      const { id } = await opened.client.request("startComponent", { name: "cuda" });
      return await opened.until((download) => download.id === id && over.has(download.status.state));
    },
  };
}

/** Begins to install, and ends the app after a part of it. */
async function leaveUnfinished(home: string): Promise<{ served: ServedComponent; id: string }> {
  const served = await serveComponent(home);
  served.server.state.bytesPerSecond = 4_000_000;
  const { install, client, until } = openInstaller(served, home);
  void install();
  const { id } = await until(({ receivedBytes }) => receivedBytes > 1_000_000);
  await client.close();
  return { served, id };
}

const stateOf = async (home: string, release: ComponentRelease, isDeep = true) =>
  (await examineComponent(home, release, { hashWorker, isDeep })).state;
const leftIn = (home: string): string[] => readdirSync(componentsFolder(home)).toSorted();

it("a component is fetched, unpacked and put in its place; nothing else is left, and each connection is recorded as its", async () => {
  const home = await temporaryFolder();
  const served = await serveComponent(home);
  const { release, pieces, server } = served;
  const { install, told, arrivedAs, network } = openInstaller(served, home);
  const done = await install();
  expect(done).toMatchObject({
    name: "CUDA",
    component: "cuda",
    file: null,
    sizeBytes: sizesOf(release).downloadBytes,
  });
  expect(done.status).toMatchObject({ state: "done", path: join(componentsFolder(home), folderName(release)) });
  // Others may be over before they could be told.
  expect(told.at(0)?.status.state).toBe("queued");
  expect(told.at(-1)?.status.state).toBe("done");
  expect(await stateOf(home, release)).toBe("installed");
  expect(leftIn(home)).toEqual([".downloads", ".verified.json", folderName(release)]);
  expect(readdirSync(join(componentsFolder(home), ".downloads"))).toEqual([]);
  const library = join(componentsFolder(home), folderName(release), "@node-llama-cpp", "made", "bins", "lib.so");
  expect(pieces[0]?.piece.files.map(({ sizeBytes }) => sizeBytes)).toContain(readFileSync(library).length);
  expect(network.recorded().length).toBeGreaterThan(0);
  for (const { reason } of network.recorded()) expect(reason).toEqual({ code: "component", facts: { name: "CUDA" } });
  // Asked for again, it is there already.
  const before = server.state.requests.length;
  expect((await install()).status.state).toBe("done");
  expect(server.state.requests.length).toBe(before);
  expect(arrivedAs[0]).toBe("done");
});

it("what was received is kept when the connection is cut, paused, or the process ends, and is not fetched again", async () => {
  const home = await temporaryFolder();
  const served = await serveComponent(home, 40_000_000);
  served.server.state.bytesPerSecond = 8_000_000;
  const first = openInstaller(served, home);
  const running = first.install();
  await first.until(({ receivedBytes }) => receivedBytes > 20_000_000);
  const [{ id } = { id: "" }] = await first.client.request("list", {});
  await first.client.request("pause", { downloadId: id });
  expect((await running).status).toMatchObject({ state: "paused", reason: "user" });
  await first.client.close();
  expect(await stateOf(home, served.release)).toBe("absent");
  served.server.state.bytesPerSecond = null;
  const second = openInstaller(served, home);
  expect(await second.client.request("list", {})).toMatchObject([
    { id, component: "cuda", status: { state: "paused", reason: "left-over" } },
  ]);
  expect((await second.install()).status.state).toBe("done");
  expect(await stateOf(home, served.release)).toBe("installed");
  const { downloadBytes } = sizesOf(served.release);
  expect(served.server.state.bytesSent - downloadBytes).toBeLessThan(4 * 8_388_608);
});

it("an app that starts later lists what was left unfinished, although no model is", async () => {
  const home = await temporaryFolder();
  const { served, id } = await leaveUnfinished(home);
  const { componentsFile } = served;
  const { workbench } = await openTestWorkbench(home, undefined, { componentsFile });
  expect(await workbench.call("downloads.list", {})).toMatchObject([
    { id, component: "cuda", status: { state: "paused", reason: "left-over" } },
  ]);
});

it("bits that were flipped on the way are fetched again, and nothing wrong is unpacked", async () => {
  const home = await temporaryFolder();
  const served = await serveComponent(home);
  served.server.state.fault = ({ request }) => (request < 3 ? { flipAt: 9_000_000 } : null);
  expect((await openInstaller(served, home).install()).status.state).toBe("done");
  expect(await stateOf(home, served.release)).toBe("installed");
});

it.each<[string, (served: ServedComponent) => void, string]>([
  ["has another file", ({ server }) => (server.state.fault = () => ({ otherSeed: 5 })), "component-mismatch"],
  ["has it no more", ({ server }) => (server.state.fault = () => ({ status: 404 })), "component-missing"],
  [
    "sends a sign-in page",
    ({ server }) => (server.state.fault = () => ({ body: "<html>", headers: { "content-type": "text/html" } })),
    "component-unreachable",
  ],
  ["never sends all of it", ({ server }) => (server.state.fault = () => ({ cutAfter: 0 })), "component-unreachable"],
  ["has a trouble of its own", ({ server }) => (server.state.fault = () => ({ status: 500 })), "component-unreachable"],
])("a server that %s leads to an error about it, and to no component", async (_what, spoil, code) => {
  const home = await temporaryFolder();
  const served = await serveComponent(home, 2_000_000);
  spoil(served);
  const { install } = openInstaller(served, home);
  expect((await install()).status).toMatchObject({ state: "failed", problem: { code } });
  expect(await stateOf(home, served.release)).toBe("absent");
  served.server.state.fault = () => null;
  expect((await install()).status.state).toBe("done");
});

it("Offline stops it, and it goes on by itself afterwards", async () => {
  const home = await temporaryFolder();
  const served = await serveComponent(home);
  served.server.state.bytesPerSecond = 4_000_000;
  const { install, client, until, network } = openInstaller(served, home);
  const ended = install();
  await until(({ receivedBytes }) => receivedBytes > 1_000_000);
  client.offline({ isOffline: true, isForced: false });
  expect((await ended).status).toMatchObject({ state: "paused", reason: "offline" });
  const stopped = served.server.state.bytesSent;
  expect(network.recorded().length).toBeGreaterThan(0);
  served.server.state.bytesPerSecond = null;
  client.offline({ isOffline: false, isForced: false });
  await until(({ status }) => status.state === "done");
  expect(served.server.state.bytesSent).toBeGreaterThan(stopped);
});

it("without room for the archives and what is in them, nothing is fetched", async () => {
  const home = await temporaryFolder();
  const served = await serveComponent(home, 2_000_000);
  const { install } = openInstaller(served, home, { reserveBytes: 1e18 });
  expect((await install()).status).toMatchObject({ state: "paused", reason: "disk-full" });
  expect(served.server.state.requests).toEqual([]);
});

it("a damaged component is replaced by a whole one", async () => {
  const home = await temporaryFolder();
  const served = await serveComponent(home, 2_000_000);
  const { install } = openInstaller(served, home);
  await install();
  const dist = join(componentsFolder(home), folderName(served.release), "@node-llama-cpp", "made", "dist");
  rmSync(dist, { recursive: true });
  expect(await stateOf(home, served.release, false)).toBe("damaged");
  expect((await install()).status.state).toBe("done");
  expect(await stateOf(home, served.release)).toBe("installed");
});

it("two processes do not install it at the same time", async () => {
  const home = await temporaryFolder();
  const served = await serveComponent(home);
  served.server.state.bytesPerSecond = 4_000_000;
  const [one, two] = [openInstaller(served, home), openInstaller(served, home)];
  const first = one.install();
  await one.until(({ status }) => status.state === "running");
  expect((await two.install()).status).toMatchObject({ state: "failed", problem: { code: "download-in-use" } });
  served.server.state.bytesPerSecond = null;
  expect((await first).status.state).toBe("done");
  expect((await two.install()).status.state).toBe("done");
});

it("cancelling deletes what arrived; an unfinished download of another version of the app goes by itself", async () => {
  const home = await temporaryFolder();
  const { id } = await leaveUnfinished(home);
  const unfinished = join(componentsFolder(home), ".downloads", id);
  expect(existsSync(unfinished)).toBe(true);
  const other = await serveComponent(await temporaryFolder(), 1_000_000);
  const later = openInstaller(other, home);
  expect(await later.client.request("list", {})).toEqual([]);
  expect(existsSync(unfinished)).toBe(false);
  void later.install();
  const begun = await later.until(({ component }) => component === "cuda");
  await later.client.request("cancel", { downloadId: begun.id });
  expect(existsSync(join(componentsFolder(home), ".downloads", begun.id))).toBe(false);
});
