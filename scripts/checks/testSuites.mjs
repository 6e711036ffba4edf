import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../setup/command.mjs";
import { ensureElectronRuntime } from "../setup/electronRuntime.mjs";
import { root } from "../setup/paths.mjs";
import { sandboxArguments } from "../setup/sandbox.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { ensureSystemPackages } from "../setup/systemPackages.mjs";
import { displayPrograms, twoVirtualDisplays, virtualDisplay } from "../setup/virtualDisplay.mjs";
import { fromPlaywright, fromVitest, honest, oneCheck } from "./suiteResult.mjs";

/** @typedef {import("./suiteResult.mjs").SuiteResult} SuiteResult */

/**
 * @param {"unit" | "integration"} project the project in vitest.config.ts
 * @param {string[]} paths if empty, all
 * @returns {Promise<SuiteResult>}
 */
export async function runVitest(project, paths) {
  return withReport(project, async (reportFile) => {
    const args = ["run", "--project", project, "--reporter=default", "--reporter=json"];
    const code = await show("vitest/vitest.mjs", [...args, `--outputFile.json=${reportFile}`, ...paths]);
    return { code, count: (report) => fromVitest(project, report) };
  });
}

/**
 * Runs the app in a real Electron, on Linux under a virtual display. Missing set-up counts as a failure.
 * @param {"app" | "packaged" | "installed"} suite
 * @param {string[]} paths if empty, all
 * @returns {Promise<SuiteResult>}
 */
export async function runEndToEnd(suite, paths) {
  const name = suite === "app" ? "e2e" : suite;
  try {
    const runtime = await ensureElectronRuntime();
    // xdotool types into the packaged app, and the others record what it sends and opens.
    const recorders = { app: [], packaged: ["tcpdump", "ip"], installed: [] }[suite];
    const programs = [...displayPrograms, "xdotool", ...recorders];
    await ensureSystemPackages("run the app and its tests", { electron: runtime.path, programs });
    const chromium = suite === "app" ? await installedChromium() : null;
    const env = {
      ...process.env,
      R1_TEST_ELECTRON: runtime.path,
      R1_TEST_ELECTRON_ARGS: JSON.stringify(await sandboxArguments(runtime.path)),
      ...(chromium === null ? {} : { R1_TEST_CHROMIUM: chromium }),
    };
    const projects = [suite, ...(chromium === null ? [] : ["chromium"])].map((project) => `--project=${project}`);
    return await withReport(name, async (reportFile) => {
      const workers = suite === "app" ? [] : ["--workers=1"];
      const args = ["test", "-c", "tests/e2e/playwright.config.ts", ...workers, ...projects, ...paths];
      const display = suite === "app" ? twoVirtualDisplays : virtualDisplay;
      const code = await show("@playwright/test/cli.js", args, { ...env, R1_TEST_REPORT: reportFile }, display);
      return { code, count: (report) => fromPlaywright(name, report) };
    });
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.log(error.message);
    return oneCheck(name, false);
  }
}

/**
 * Finds the Chromium in which the page's tests are also run, because the shipped Electron may be newer than the tested
 * one. It is never downloaded.
 * @returns {Promise<string | null>} its path, or null if there is none, which is then printed
 */
async function installedChromium() {
  const { code, stdout } = await command("sh", ["-c", "command -v chromium"]);
  if (code === 0) return stdout.trim();
  console.log(
    "The page is not tested in a current Chromium, because none is installed (on Debian: apt install chromium).",
  );
  return null;
}

/**
 * @param {string} name
 * @param {(reportFile: string) => Promise<{ code: number, count: (report: any) => SuiteResult }>} run
 */
async function withReport(name, run) {
  const folder = await mkdtemp(join(tmpdir(), "r1-test-report-"));
  try {
    const reportFile = join(folder, "report.json");
    const { code, count } = await run(reportFile);
    const report = await readFile(reportFile, "utf8").catch(() => null);
    return honest(report === null ? { name, passed: 0, failed: 0, skipped: 0 } : count(JSON.parse(report)), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs an installed tool with its output on this terminal.
 * @param {string} script under node_modules
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string[]} [before] a command prefix
 * @returns {Promise<number>}
 */
function show(script, args, env = process.env, before = []) {
  const [file = "", ...rest] = [...before, process.execPath, join(root, "node_modules", script), ...args];
  const child = spawn(file, rest, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
