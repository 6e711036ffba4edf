import { join } from "node:path";
import { command } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";

/**
 * Returns the prefix for a command that is to run in a separate network namespace, in which a stand-in server answers
 * for the whole internet. Without any answer, requests that follow a first query would never be seen. Returns null if
 * the system does not allow such a namespace; the machine's own network is then used, and queries are still recorded.
 * @param {string} log the file to which the stand-in writes what it was asked
 * @returns {Promise<string[] | null>}
 */
export async function ownNetwork(log) {
  const isRoot = process.getuid?.() === 0;
  const enter = ["unshare", ...(isRoot ? [] : ["--user", "--map-root-user"]), "--net"];
  // Chromium does not sandbox root, so an ordinary user is mapped back inside.
  const leave = isRoot
    ? []
    : ["unshare", "--user", `--map-user=${process.getuid?.()}`, `--map-group=${process.getgid?.()}`];
  const script = join(root, "scripts", "network", "ownNetwork.sh");
  const whole = [...enter, "sh", script, log, process.execPath, ...leave];
  const [file = "", ...args] = whole;
  const tried = await command(file, [...args, "true"], { timeoutMs: 20_000 });
  if (tried.code === 0) return whole;
  say(
    `A separate network namespace cannot be created here, so the machine's own network is used (${tried.stderr.trim().split("\n").pop()}).`,
  );
  return null;
}
