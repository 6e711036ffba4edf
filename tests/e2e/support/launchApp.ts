import { once } from "node:events";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { _electron, test, type ElectronApplication } from "@playwright/test";
import { writingEngine } from "./writeReplies.ts";
import { attachFailure } from "./attachFailure.ts";
import { keepBackends, newHome } from "./newHome.ts";
import { inMain } from "../../support/inMain.mjs";
import type { PageOptions, RunningPage } from "./RunningPage.ts";
import { watchTries } from "./watchTries.ts";
import { withoutEstimate } from "./withoutEstimate.ts";

export interface RunningApp extends RunningPage {
  electron: ElectronApplication;
  /** Kills the app's main process without any cleanup, and keeps its home for the next launch. */
  kill(): Promise<void>;
}

export interface LaunchOptions extends PageOptions {
  /** CommonJS files to preload before the app. */
  modules?: string[];
  /** Arguments of the app itself, and the folder that it is started in. */
  startWith?: { args: string[]; folder: string };
  /** Allows connecting to the page again after its process crashed (nextPage.ts). */
  debuggingPort?: number;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const holdStart = fileURLToPath(new URL("holdStart.cjs", import.meta.url));
/** The limit of the app's output in a failed test's report; only the end is kept. */
const logLimitChars = 200_000;

/** Returns how to start the app from this clone on this machine. `npm test` has found the runtime. */
export function launchCommand(home: string): {
  command: string;
  args: string[];
  /** The arguments that Chromium's sandbox needs here. */
  sandbox: string[];
  env: Record<string, string>;
} {
  const command = process.env["R1_TEST_ELECTRON"];
  if (command === undefined) throw new Error("Run these tests with: npm test -- --only e2e");
  const sandbox = JSON.parse(process.env["R1_TEST_ELECTRON_ARGS"] ?? "[]") as string[];
  // This worker's own display, if there are several (scripts/setup/virtualDisplay.mjs).
  const ownDisplay = process.env["R1_TEST_DISPLAYS"]?.trim().split(" ")[test.info().parallelIndex];
  // English, whatever the developer's locale.
  const env: Record<string, string> = { R1_WORKBENCH_HOME: home, LC_ALL: "C.UTF-8", LANGUAGE: "en" };
  // With shared memory, Chromium draws a frame only after the X server's event about the one before, and none at all if
  // that is missed (ui/base/x/x11_shm_image_pool.cc). Without, tests take half as long again.
  env["QT_X11_NO_MITSHM"] = "1";
  if (ownDisplay !== undefined) [env["DISPLAY"] = "", env["XAUTHORITY"] = ""] = ownDisplay.split("=");
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== "ELECTRON_RUN_AS_NODE") env[name] ??= value;
  }
  return { command, args: [...sandbox, root], sandbox, env };
}

/** Starts the app and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = options.home ?? (await newHome());
  if (options.estimates !== true) withoutEstimate(home);
  const { command, args, env } = launchCommand(home);
  const writing = options.writes === true ? writingEngine(home) : null;
  const modules = [holdStart, ...(writing === null ? [] : [writing.preload]), ...(options.modules ?? [])];
  // The last one takes effect, and Playwright passes one as well.
  const debugging = options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`];
  const electron = await _electron.launch({
    executablePath: command,
    args: [...modules.flatMap((path) => ["-r", path]), ...debugging, ...args, ...(options.startWith?.args ?? [])],
    ...(options.startWith && { cwd: options.startWith.folder }),
    env: { ...env, ...writing?.env },
    // Playwright would always disable the sandbox; the arguments do so only where it cannot work.
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
  // A trace slows everything down, so it is recorded only on the second try of a failed test.
  const isTraced = test.info().retry > 0 && options.traces !== false;
  if (isTraced) await electron.context().tracing.start({ screenshots: true, snapshots: true });

  let hasEnded = false;
  const quit = async (): Promise<void> => {
    if (hasEnded) return;
    hasEnded = true;
    if (isTraced) await keepTrace(electron);
    await electron.close();
    await ended;
    keepBackends(home);
  };
  const kill = async (): Promise<void> => {
    hasEnded = true;
    if (isTraced) await keepTrace(electron);
    const exited = once(electron.process(), "exit");
    electron.process().kill("SIGKILL");
    await exited;
  };
  const failure = (): Promise<void> => attachFailure(hasEnded ? null : page, log);
  return {
    electron,
    page,
    home,
    origin: "workbench://app",
    tell: (name, data) =>
      inMain(
        electron,
        ({ BrowserWindow }, [event, value]) =>
          BrowserWindow.getAllWindows()[0]?.webContents.send("r1:event", event, value),
        [name, data] as const,
      ),
    watch: () => watchTries(electron),
    quit,
    kill,
    attachFailure: failure,
    close: async () => {
      await failure();
      await quit();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The app may have exited already; there is no trace then. */
async function keepTrace(electron: ElectronApplication): Promise<void> {
  const path = test.info().outputPath(`trace-${Date.now()}.zip`);
  await electron
    .context()
    .tracing.stop({ path })
    .catch(() => {});
}
