// `npm start`: opens the app's window, or without a display, starts the same chat in the terminal.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureElectronRuntime } from "./setup/electronRuntime.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { root } from "./setup/paths.mjs";
import { runScript } from "./setup/runScript.mjs";
import { sandboxArguments } from "./setup/sandbox.mjs";
import { SetupProblem } from "./setup/SetupProblem.mjs";
import { ensureSystemPackages } from "./setup/systemPackages.mjs";

/** What Chromium and GTK print if the display refuses the connection, for example because its key is missing. */
const displayRefused =
  /Missing X server or \$DISPLAY|cannot open display|Unable to open X display|Authorization required/i;
/** Chromium's own log lines, such as "[123:0101/101010.123456:ERROR:bus.cc(407)] …". */
const chromiumLog = /^\[\d+:\d{4}\/\d{6}\.\d+:[A-Z]+:/;

const args = process.argv.slice(2);

await runScript(async () => {
  requireNodeVersion();
  await ensureDependencies();
  await ensureBuilt();
  // Only on Linux can there be no display.
  const hasDisplay = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return chatInTerminal("there is no display here");

  let runtime;
  try {
    runtime = await ensureElectronRuntime();
  } catch (error) {
    if (error instanceof SetupProblem) return chatInTerminal(`Electron could not be installed (${error.message})`);
    throw error;
  }
  await ensureSystemPackages("open the app's window", { electron: runtime.path });
  const sandbox = await sandboxArguments(runtime.path);
  const { code, displayFailed } = await openWindow(runtime.path, sandbox);
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return displayFailed ? chatInTerminal(`the display ${display} cannot be used`) : code;
});

/**
 * Runs the app until it exits.
 * @param {string} electron
 * @param {string[]} sandbox
 * @returns {Promise<{ code: number, displayFailed: boolean }>}
 */
function openWindow(electron, sandbox) {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const app = spawn(electron, [...sandbox, root, ...args], { env, stdio: ["inherit", "inherit", "pipe"] });
  let displayFailed = false;
  let rest = "";
  app.stderr.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (displayRefused.test(line)) displayFailed = true;
      else if (process.env.R1_DEBUG === "1" || (line.trim() !== "" && !chromiumLog.test(line))) {
        process.stderr.write(`${line}\n`);
      }
    }
  });
  forwardSignals(app);
  return new Promise((resolve, reject) => {
    app.once("error", (error) => reject(new SetupProblem(`Electron could not be started: ${error.message}`)));
    app.once("close", (code, signal) => {
      const ended = code ?? (signal === "SIGINT" ? 130 : 1);
      resolve({ code: ended, displayFailed: displayFailed && ended !== 0 });
    });
  });
}

/**
 * @param {string} reason
 * @returns {Promise<number>}
 */
function chatInTerminal(reason) {
  const notice = `There is no window, because ${reason}. This is the same chat in the terminal.`;
  const cli = join(root, "out", "cli", "r1.js");
  const chat = spawn(process.execPath, [cli, "chat", "--notice", notice, ...args], { stdio: "inherit" });
  forwardSignals(chat);
  return new Promise((resolve, reject) => {
    chat.once("error", reject);
    chat.once("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

/**
 * On Ctrl-C, a terminal signals the child as well. This covers signals sent only to this process.
 * @param {import("node:child_process").ChildProcess} child
 */
function forwardSignals(child) {
  process.on("SIGINT", () => {});
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
}
