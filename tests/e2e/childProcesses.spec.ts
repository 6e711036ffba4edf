import { mkdtemp, readdir, readlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { ask, engineProcessId } from "./support/chatSteps.ts";
import { launchedApps } from "./support/launchedApps.ts";
import { inMain } from "../support/inMain.mjs";

const launch = launchedApps();

interface Spawned {
  program: string;
  shared: string[];
  count: number;
}

const recordSpawns = fileURLToPath(new URL("support/recordSpawns.cjs", import.meta.url));

test("no child process holds a socket, a lock file or any other open file of Electron's", async () => {
  test.skip(process.platform !== "linux", "What a process holds is read from /proc.");
  // A new home, in which the backends have not been probed yet.
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  const app = await launch({ home, modules: [recordSpawns] });
  await ask(app.page, "What is 17 + 25?");
  const engine = await engineProcessId(app.page);
  const readSpawned = (): Promise<Spawned[]> =>
    inMain(app.electron, () => (globalThis as unknown as { spawned: Spawned[] }).spawned);
  const programs = async (): Promise<string> => (await readSpawned()).map(({ program }) => program).join("\n");
  // The engine, and the short-lived processes that inspect a file or, once it is idle, probe a backend.
  for (const flag of ["--backend", "--inspect", "--probe"]) await expect.poll(programs).toContain(flag);
  const spawned = await readSpawned();
  expect(spawned.filter(({ shared }) => shared.length > 0)).toEqual([]);

  // Its stderr and the channel to main are sockets; a model file is mapped and closed.
  const links = await descriptors(engine);
  const sockets = links.filter(({ to }) => to.startsWith("socket:"));
  expect(sockets.map(({ number }) => number)).toEqual([2, 3]);
  expect(links.filter(({ to }) => to.startsWith("/") && to !== "/dev/null")).toEqual([]);
});

async function descriptors(processId: number): Promise<{ number: number; to: string }[]> {
  const folder = `/proc/${processId}/fd`;
  const numbers = (await readdir(folder)).map(Number).sort((a, b) => a - b);
  const links = numbers.map(async (number) => ({ number, to: await readlink(`${folder}/${number}`).catch(() => "") }));
  return await Promise.all(links);
}
