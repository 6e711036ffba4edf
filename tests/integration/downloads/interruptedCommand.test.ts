import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { runR1 } from "../../support/cli/runR1.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openHub } from "./openDownloads.ts";

const sizeBytes = 40_000_000;

it("r1 download says what is kept when it is interrupted, and the same command resumes it", async () => {
  const hub = await openHub({ "big.gguf": { sizeBytes, seed: 12 } }, { bytesPerSecond: 8_000_000 });
  const home = await temporaryFolder();
  const args = ["download", hub.repo, "big.gguf"];
  const env = { HF_ENDPOINT: hub.endpoint };
  const interrupting = new AbortController();
  const interrupted = runR1(args, { home, env, interrupt: interrupting.signal });
  while (hub.state.bytesSent < sizeBytes / 4) await setTimeout(5);
  interrupting.abort();
  expect(await interrupted).toEqual({
    status: 130,
    stdout: "",
    stderr: "Stopped. What was downloaded is kept; run the same command again to resume.\n",
  });

  hub.state.bytesPerSecond = null;
  const finished = await runR1(args, { home, env: { ...env, LC_ALL: "fr_FR.UTF-8" } });
  expect(finished.stdout).toBe(`${join(home, "models", "owner", "model-GGUF", "big.gguf")}\n`);
  expect(finished.stderr).toBe(`40,0\u00A0Mo\nSHA-256 ${hub.sha256("big.gguf")}, conforme à celle du hub\n`);
  expect(finished.status).toBe(0);
  expect(hub.state.bytesSent).toBeLessThan(sizeBytes * 1.9);
});
