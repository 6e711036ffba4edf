import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LoadParams } from "../../../electron/contract/engineProtocol.ts";
import { spawnChild } from "../../../electron/workbench/children/spawnChild.ts";
import { engineForTests, enginePaths, loadNano, nanoPath, question } from "../../support/engine/engineForTests.ts";
import { usualLoad } from "../../support/engine/usualLoad.ts";
import { processRuns } from "../../support/processRuns.ts";

const entry = fileURLToPath(new URL("../../support/engine/watchedEngine.mjs", import.meta.url));
const inOrder = ["context", "model", "library"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-end-"));
  process.env["GGML_WATCHED_FILE"] = join(folder, "disposed");
});
afterEach(() => {
  delete process.env["GGML_WATCHED_FILE"];
  delete process.env["GGML_WATCHED_HANG"];
  rmSync(folder, { recursive: true });
});

/** What the engine has disposed of, in order. */
function disposed(): string[] {
  const file = join(folder, "disposed");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

/** Makes disposing hang. */
function hang(): void {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  process.env["GGML_WATCHED_HANG"] = pipe;
}

/** Starts an engine that nobody kills, loads R1 Nano and resolves with the process and how it will end. */
async function loadedEngine(duringReply: boolean) {
  const child = spawnChild(enginePaths.nodePath, ["--no-warnings", entry, "--backend", "cpu"], {
    env: process.env,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  const until = (type: string): Promise<void> =>
    new Promise((resolve) => {
      child.on("message", (report: { type: string; event?: { kind?: string } }) => {
        if (report.type === type && report.event?.kind !== "reading") resolve();
      });
    });
  await until("ready");
  const params: LoadParams = { ...usualLoad, path: nanoPath };
  const loaded = until("result");
  child.send({ type: "request", id: 1, operation: "load", params });
  await loaded;
  if (duringReply) {
    const writing = until("event");
    child.send({ type: "request", id: 2, operation: "generate", params: question("What is 4321 + 8765?") });
    await writing;
  }
  return { child, ended };
}

describe.skipIf(process.platform === "win32")("before the engine ends, context and model are disposed of", () => {
  const ways: [name: string, exitCode: number, act: (child: ReturnType<typeof spawnChild>) => unknown][] = [
    ["because the app quits", 0, (child) => child.send({ type: "shutdown" })],
    ["by SIGTERM", 0, (child) => child.kill("SIGTERM")],
    ["by SIGHUP", 0, (child) => child.kill("SIGHUP")],
    ["because the app is gone", 0, (child) => child.disconnect()],
    ["by an error of its own", 1, (child) => child.kill("SIGUSR2")],
  ];
  it.each(ways)("%s", async (_name, exitCode, act) => {
    const { child, ended } = await loadedEngine(false);
    act(child);
    expect(await ended).toBe(exitCode);
    expect(disposed()).toEqual(inOrder);
  });

  const gone = ways.filter(([name]) => name.startsWith("because"));
  it.each(gone)("%s, during a reply", async (_name, exitCode, act) => {
    const { child, ended } = await loadedEngine(true);
    act(child);
    expect(await ended).toBe(exitCode);
    expect(disposed()).toEqual(inOrder);
  });

  it.each(gone)("%s, and if that hangs, it ends all the same", async (_name, _exitCode, act) => {
    hang();
    const { child, ended } = await loadedEngine(false);
    act(child);
    expect(await ended).toBe("SIGKILL");
    expect(disposed()).toEqual([]);
  });

  it("because the app was killed", async () => {
    const support = new URL("../../support/engine/engineForTests.ts", import.meta.url).href;
    const source = `
      import { engineForTests, loadNano } from ${JSON.stringify(support)};
      const { client } = engineForTests({ entry: ${JSON.stringify(entry)} });
      await loadNano(client);
      console.log((await client.start()).pid);
      setInterval(() => undefined, 1000);`;
    const flags = ["--experimental-strip-types", "--no-warnings", "--input-type=module", "-e", source];
    const app = execFile(enginePaths.nodePath, flags);
    const pid = await new Promise<number>((resolve) => app.stdout?.once("data", (text) => resolve(Number(text))));
    app.kill("SIGKILL");
    while (processRuns(pid)) await pause(50);
    expect(disposed()).toEqual(inOrder);
  });
});

describe.skipIf(process.platform === "win32")("a model is disposed of after its context", () => {
  it("when it is unloaded, and when another one is loaded", async () => {
    const engine = engineForTests({ entry });
    const { client } = engine;
    await loadNano(client);
    await client.request("unload", {});
    expect(disposed()).toEqual(["context", "model"]);
    await loadNano(client);
    await loadNano(client);
    expect(disposed()).toEqual(["context", "model", "context", "model"]);
    await engine.dispose();
    expect(disposed().slice(4)).toEqual(inOrder);
  });
});
