import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { plantedByPage } from "../../../scripts/network/plantedByProof.mjs";
import { escapingPage } from "../../support/preview/escapingPage.ts";
import { launchCommand } from "../support/launchApp.ts";

const unguarded = fileURLToPath(new URL("unguardedPage.cjs", import.meta.url));

/** Shows the page that tries every way out where nothing keeps it in, until its tries have reached the stand-in. */
export async function letPageOut(): Promise<void> {
  // A run that must fail has let it out before.
  const before = (await standInLog()).length;
  const folder = await mkdtemp(join(tmpdir(), "r1-page-"));
  // Not from a file, whose process Chromium ends when it asks for a service worker.
  const server = createServer((_request, response) =>
    response.setHeader("Content-Type", "text/html").end(escapingPage),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { sandbox, env } = launchCommand(folder);
  const args = [unguarded, ...sandbox, `--user-data-dir=${join(folder, "profile")}`, page];
  const electron = spawn(process.env["R1_PROOF_ELECTRON"] ?? "", args, { env, stdio: "ignore" });
  const ended = once(electron, "exit");
  try {
    const missing = async (): Promise<string[]> => {
      const log = (await standInLog()).slice(before);
      return Object.values(plantedByPage).filter((name) => !log.includes(`"${name}"`));
    };
    await expect.poll(missing).toEqual([]);
  } finally {
    // Otherwise the page, which is kept from being closed, would keep it running.
    electron.kill("SIGKILL");
    await ended;
    server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const standInLog = (): Promise<string> => readFile(process.env["R1_PROOF_STAND_IN"] ?? "", "utf8");
