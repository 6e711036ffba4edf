import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { command } from "./command.mjs";
import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/**
 * Returns the arguments that Chromium's sandbox needs: none, except for root, whom Chromium does not sandbox.
 * Throws a SetupProblem if the system allows other users no sandbox. The sandbox is never switched off silently.
 * @param {string} binary Electron's binary
 * @returns {Promise<string[]>}
 */
export async function sandboxArguments(binary) {
  if (process.platform !== "linux") return [];
  if (process.getuid?.() === 0) {
    say("Running as root: Chromium's sandbox is off, because it does not work for root. Use an ordinary account.");
    return ["--no-sandbox"];
  }
  if ((await hasUserNamespaces()) || (await isSetuidRoot(join(dirname(binary), "chrome-sandbox")))) return [];
  const helper = join(dirname(binary), "chrome-sandbox");
  throw new SetupProblem(
    "This system lets ordinary users create no namespaces, so Chromium cannot sandbox the window. " +
      "Allow its own sandbox helper instead, then run the same command again:\n" +
      `  sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"`,
  );
}

async function hasUserNamespaces() {
  const tried = await command("unshare", ["--user", "--map-root-user", "--net", "true"]);
  return tried.code === 0;
}

/** @param {string} path */
async function isSetuidRoot(path) {
  const found = await stat(path).catch(() => null);
  return found !== null && found.uid === 0 && (found.mode & 0o4000) !== 0;
}
