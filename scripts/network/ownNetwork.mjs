import { join } from "node:path";
import { command } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";

/**
 * What to put in front of a command that is to run in a network of its own, where a stand-in answers for the whole
 * internet: without an answer, what would have followed a first question is never seen. Null where this system allows
 * no such network; the machine's own is then used, and questions to it are recorded all the same.
 * @param {string} log what the stand-in was asked
 * @returns {Promise<string[] | null>}
 */
export async function ownNetwork(log) {
  const isRoot = process.getuid?.() === 0;
  const enter = ["unshare", ...(isRoot ? [] : ["--user", "--map-root-user"]), "--net"];
  // Chromium sandboxes nobody who is root, so an ordinary person becomes one again inside.
  const leave = isRoot
    ? []
    : ["unshare", "--user", `--map-user=${process.getuid?.()}`, `--map-group=${process.getgid?.()}`];
  const script = join(root, "scripts", "network", "ownNetwork.sh");
  const whole = [...enter, "sh", script, log, process.execPath, ...leave];
  const [file = "", ...args] = whole;
  const tried = await command(file, [...args, "true"], { timeoutMs: 20_000 });
  if (tried.code === 0) return whole;
  say(
    `This system allows no network of its own, so this machine's is used (${tried.stderr.trim().split("\n").pop()}).`,
  );
  return null;
}
