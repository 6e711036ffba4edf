import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { DownloadStatus } from "../../../electron/contract/downloads.ts";
import { componentsFolder, folderName } from "../../../electron/workbench/components/componentFolder.ts";
import { sizesOf } from "../../../electron/workbench/components/ComponentRelease.ts";
import { examineComponent } from "../../../electron/workbench/components/examineComponent.ts";
import { usualWaits } from "../../../electron/workbench/downloads/downloadWaits.ts";
import { serveComponent } from "../../support/components/servedComponent.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const root = new URL("../../../", import.meta.url);
const script = fileURLToPath(new URL("tests/support/downloads/downloadingProcess.mjs", root));
const workerPath = fileURLToPath(new URL("out/workbench/downloadWorker.js", root));
const hashWorker = fileURLToPath(new URL("out/workbench/hashWorker.js", root));

interface Told {
  status: DownloadStatus;
  receivedBytes: number;
}

it("a process that is killed at any moment leaves the whole component or none, and the next one goes on", async () => {
  const home = await temporaryFolder();
  const { server, release } = await serveComponent(home, 60_000_000);
  const { downloadBytes } = sizesOf(release);
  server.state.bytesPerSecond = 15_000_000;

  /** Kills the process once it has told what is wanted. Resolves with how it ended, or null if it was killed. */
  async function run(wanted: (told: Told) => boolean): Promise<Told | null> {
    const options = { workerPath, home, modelsFolder: join(home, "models"), releases: [release], component: "cuda" };
    const child = spawn(process.execPath, [script, JSON.stringify({ ...options, waits: usualWaits })], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    let last: Told | null = null;
    for await (const line of createInterface({ input: child.stdout })) {
      last = JSON.parse(line) as Told;
      if (wanted(last)) {
        child.kill("SIGKILL");
        await exited;
        return null;
      }
    }
    await exited;
    return last;
  }
  const state = async () => (await examineComponent(home, release, { hashWorker, isDeep: true })).state;

  const moments: ((told: Told) => boolean)[] = [
    ({ status }) => status.state === "running",
    ({ receivedBytes }) => receivedBytes > downloadBytes / 3,
    ({ receivedBytes }) => receivedBytes > (downloadBytes * 3) / 4,
    ({ status }) => status.state === "installing",
    ({ status }) => status.state === "installing" && status.fraction > 0.3,
    ({ status }) => status.state === "installing" && status.fraction > 0.9,
  ];
  for (const [at, moment] of moments.entries()) {
    if (at === 3) server.state.bytesPerSecond = null;
    if ((await run(moment)) !== null) break;
    const left = await state();
    // While it is unpacked, it may be over before the signal arrives, and then it is whole.
    if (at >= 3 && left === "installed") break;
    expect(left).toBe("absent");
  }
  const sent = server.state.bytesSent;
  const ended = await run(() => false);
  expect(ended?.status.state).toBe("done");
  // Everything had been fetched before the kills while it was being unpacked.
  expect(server.state.bytesSent - sent).toBeLessThan(downloadBytes / 4);
  expect(await state()).toBe("installed");
  const left = readdirSync(componentsFolder(home)).filter(
    (name) => name.startsWith(".unpacking") || name.startsWith(".removed"),
  );
  expect(left).toEqual([]);
  expect(existsSync(join(componentsFolder(home), folderName(release)))).toBe(true);
}, 120_000);
