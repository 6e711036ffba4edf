import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Download } from "../../../electron/contract/downloads.ts";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { usualWaits } from "../../../electron/workbench/downloads/downloadWaits.ts";
import type { HubServer } from "../../support/hub/hubServer.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openHub } from "./openDownloads.ts";

const { downloadWorker } = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const script = fileURLToPath(new URL("../../support/downloads/downloadingProcess.mjs", import.meta.url));
const name = "model-Q4_K_M.gguf";
const sizeBytes = 40_000_003;
/** The thread takes a clock that is two seconds late for a sleep; by default 15. */
const waits = { ...usualWaits, firstRetryMs: 5, sleptMs: 2000 };
const sleepMs = 3500;
/** Longer than any test: a download that waits this long was not woken. */
const longWait = { status: 503, headers: { "retry-after": "600" } };

type Told = Pick<Download, "status" | "receivedBytes">;

/** Runs a download in a process that can be stopped. Like a sleeping machine, a stopped process sees a late clock. */
async function startProcess(hub: HubServer): Promise<{ child: ChildProcess; until: Until; modelsFolder: string }> {
  const home = await temporaryFolder();
  const modelsFolder = join(home, "models");
  const file = { repo: hub.repo, revision: "main", path: name };
  const options = { workerPath: downloadWorker, home, modelsFolder, endpoint: hub.endpoint, file, waits };
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const until: Until = async (wanted) => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done === true) throw new Error("The process ended first.");
      const told = JSON.parse(value) as Told;
      if (wanted(told)) return told;
    }
  };
  return { child, until, modelsFolder };
}
type Until = (wanted: (told: Told) => boolean) => Promise<Told>;

const over = ({ status }: Told): boolean => status.state === "done" || status.state === "failed";

describe.skipIf(process.platform === "win32")("a machine that sleeps", () => {
  it("retries a waiting download at once after waking", async () => {
    const hub = await openHub({ [name]: { sizeBytes, seed: 7 } });
    hub.state.fault = () => longWait;
    const { child, until } = await startProcess(hub);
    await until(({ status }) => status.state === "retrying" && status.retryAt > Date.now() + 500_000);
    child.kill("SIGSTOP");
    const requests = hub.state.fileRequests;
    await setTimeout(sleepMs);
    hub.state.fault = () => null;
    expect(hub.state.fileRequests).toBe(requests);
    child.kill("SIGCONT");
    expect((await until(over)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("reopens its closed connections after waking, and keeps the received data", async () => {
    const hub = await openHub({ [name]: { sizeBytes, seed: 7 } });
    hub.state.fault = ({ start }) => ({ stallAfter: start === 0 ? 9_000_000 : 0 });
    const { child, until } = await startProcess(hub);
    const { receivedBytes } = await until((told) => told.receivedBytes > 8_000_000);
    child.kill("SIGSTOP");
    const sentBefore = hub.state.bytesSent;
    hub.cutConnections();
    hub.state.fault = () => null;
    child.kill("SIGCONT");
    expect((await until(over)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
    expect(hub.state.bytesSent - sentBefore).toBeLessThanOrEqual(sizeBytes - receivedBytes);
  });
});
