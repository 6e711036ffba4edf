import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, test, type ElectronApplication, type Page } from "@playwright/test";
import { writingEngine } from "./writeReplies.ts";
import { inMain } from "../../support/inMain.mjs";

export interface RunningApp {
  electron: ElectronApplication;
  page: Page;
  /** The app's home folder: its own for each launch unless one was given. */
  home: string;
  /** Ends the app as a user does, and keeps its home for the next launch. */
  quit(): Promise<void>;
  /** Kills the app's main process, with no chance to tidy up, and keeps its home for the next launch. */
  kill(): Promise<void>;
  /** Ends the app if it still runs, erases its home, and attaches what it said if the test failed. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The home folder of an earlier launch, to start again on. */
  home?: string;
  /** The model writes what the test says (writeReplies.ts) instead of R1 Nano's own words. */
  writes?: boolean;
  /** CommonJS files to load in front of the app. */
  modules?: string[];
  /** Where the page can be met again after its process died (nextPage.ts). */
  debuggingPort?: number;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const holdStart = fileURLToPath(new URL("holdStart.cjs", import.meta.url));
/** The app's own output in a failed test's report; beyond this, only the end is kept. */
const logLimitChars = 200_000;

/** How the app in this clone is started on this machine. `npm test` has found the runtime. */
export function launchCommand(home: string): {
  command: string;
  args: string[];
  /** Of the arguments, those that Chromium's sandbox needs here. */
  sandbox: string[];
  env: Record<string, string>;
} {
  const command = process.env["R1_TEST_ELECTRON"];
  if (command === undefined) throw new Error("Run these tests with: npm test -- --only e2e");
  const sandbox = JSON.parse(process.env["R1_TEST_ELECTRON_ARGS"] ?? "[]") as string[];
  // English, whatever the developer's locale is.
  const env: Record<string, string> = { R1_WORKBENCH_HOME: home, LC_ALL: "C.UTF-8", LANGUAGE: "en" };
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== "ELECTRON_RUN_AS_NODE") env[name] ??= value;
  }
  return { command, args: [...sandbox, root], sandbox, env };
}

/** Starts the app and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "r1-workbench-e2e-")));
  const { command, args, env } = launchCommand(home);
  const writing = options.writes === true ? writingEngine(home) : null;
  const modules = [holdStart, ...(writing === null ? [] : [writing.preload]), ...(options.modules ?? [])];
  // The last one counts, and Playwright names one as well.
  const debugging = options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`];
  const electron = await _electron.launch({
    executablePath: command,
    args: [...modules.flatMap((path) => ["-r", path]), ...debugging, ...args],
    env: { ...env, ...writing?.env },
    // Playwright would switch the sandbox off for everyone; the arguments say where it cannot work.
    chromiumSandbox: true,
    timeout: 30_000,
  });
  let log = "";
  const record = (text: string): void => {
    log = (log + text).slice(-logLimitChars);
  };
  electron.process().stderr?.on("data", (chunk: Buffer) => record(chunk.toString()));
  electron.process().stdout?.on("data", (chunk: Buffer) => record(chunk.toString()));
  const ended = new Promise<void>((resolve) => electron.process().once("close", () => resolve()));
  await inMain(electron, () => (globalThis as unknown as { startHeldApp(): void }).startHeldApp());
  const page = await electron.firstWindow();
  page.on("console", (message) => record(`[page ${message.type()}] ${message.text()}\n`));
  page.on("pageerror", (error) => record(`[page error] ${error.stack ?? error.message}\n`));
  await electron.context().tracing.start({ screenshots: true, snapshots: true });

  let hasEnded = false;
  const quit = async (): Promise<void> => {
    if (hasEnded) return;
    hasEnded = true;
    await keepTrace(electron);
    await electron.close();
    await ended;
  };
  const kill = async (): Promise<void> => {
    hasEnded = true;
    await keepTrace(electron);
    const exited = once(electron.process(), "exit");
    electron.process().kill("SIGKILL");
    await exited;
  };
  return {
    electron,
    page,
    home,
    quit,
    kill,
    close: async () => {
      if (hasFailed() && !hasEnded) {
        const screenshot = await page.screenshot({ timeout: 5_000 }).catch(() => null);
        if (screenshot !== null) await test.info().attach("window", { body: screenshot, contentType: "image/png" });
      }
      await quit();
      if (hasFailed()) await test.info().attach("app log", { body: log, contentType: "text/plain" });
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function hasFailed(): boolean {
  return test.info().errors.length > 0 || test.info().status !== test.info().expectedStatus;
}

/** A failed test keeps its trace; the app may be gone already, and then there is none. */
async function keepTrace(electron: ElectronApplication): Promise<void> {
  const options = hasFailed() ? { path: test.info().outputPath(`trace-${Date.now()}.zip`) } : {};
  await electron
    .context()
    .tracing.stop(options)
    .catch(() => {});
}
