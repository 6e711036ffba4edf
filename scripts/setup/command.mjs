import { execFile } from "node:child_process";
import { basename } from "node:path";

/**
 * @typedef {{ code: number, signal: NodeJS.Signals | null, stdout: string, stderr: string, timedOut: boolean }} CommandResult
 * `code` is -1 if the command could not be started or was terminated by a signal.
 */

/**
 * Runs a command to its end and captures its output. Never rejects.
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<CommandResult>}
 */
export function command(file, args, { cwd, env, timeoutMs } = {}) {
  const limits = { timeout: timeoutMs, killSignal: /** @type {const} */ ("SIGKILL"), maxBuffer: Infinity };
  return new Promise((resolve) => {
    const child = execFile(file, args, { cwd, env, windowsHide: true, ...limits }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      // A program that was not started says nothing itself.
      const said = child.pid === undefined && error !== null ? error.message : stderr;
      resolve({ code, signal: error?.signal ?? null, stdout, stderr: said, timedOut: error?.killed ?? false });
    });
    child.stdin?.end();
  });
}

/**
 * Runs npm through Node, because `npm.cmd` cannot be spawned on Windows without a shell.
 * @param {string[]} args
 * @param {{ cwd?: string, timeoutMs?: number }} [options]
 */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli) === "npm-cli.js") return command(process.execPath, [cli, ...args], options);
  if (process.platform === "win32") return command("cmd.exe", ["/d", "/s", "/c", "npm", ...args], options);
  return command("npm", args, options);
}

/**
 * Returns the last lines of a command's output, for an error message.
 * @param {CommandResult} result
 */
export function tail({ stdout, stderr }, lines = 15) {
  const text = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  return text.slice(-lines).join("\n");
}
