import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { blockBytes } from "../../../electron/workbench/downloads/BlockMap.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openHub } from "./openDownloads.ts";

const entry = fileURLToPath(new URL("../../../out/cli/r1.js", import.meta.url));
const sizeBytes = 200_000_000;
const kills = 6;
const connections = 4;

it("a download killed at any moment resumes with at most 8 MiB fetched again per connection, including data in transit", async () => {
  const hub = await openHub({ "big.gguf": { sizeBytes, seed: 11 } }, { bytesPerSecond: 30_000_000 });
  const home = await temporaryFolder();
  const start = () =>
    spawn(process.execPath, [entry, "download", hub.repo, "big.gguf", "--json"], {
      env: { ...process.env, R1_WORKBENCH_HOME: home, HF_ENDPOINT: hub.endpoint },
      stdio: ["ignore", "pipe", "ignore"],
    });
  for (let kill = 1; kill <= kills; kill++) {
    const child = start();
    const exited = once(child, "exit");
    // A different share of the file each time, according to what the server has sent.
    const sentBefore = hub.state.bytesSent;
    while (hub.state.bytesSent - sentBefore < (sizeBytes / 12) * (kill % 3) + 3_000_000 * kill) await setTimeout(5);
    child.kill("SIGKILL");
    await exited;
  }
  hub.state.bytesPerSecond = null;
  const child = start();
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [status] = (await once(child, "exit")) as [number | null];
  expect(status).toBe(0);
  const path = join(home, "models", "owner", "model-GGUF", "big.gguf");
  expect(JSON.parse(said)).toEqual({ path, sizeBytes, sha256: hub.sha256("big.gguf") });
  const twice = hub.state.bytesSent - sizeBytes;
  expect(twice).toBeLessThanOrEqual(kills * connections * blockBytes);
});
