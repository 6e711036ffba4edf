import { command, tail } from "./command.mjs";
import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

const quiet = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

/**
 * Installs Debian packages where this user may (as root or with passwordless sudo); else, and when apt fails,
 * a SetupProblem that names the command to type.
 * @param {string[]} packages
 * @param {string} purpose completes "… is needed to"
 */
export async function installPackages(packages, purpose) {
  const install = ["apt-get", "install", "-y", "--no-install-recommends", ...packages];
  const prefix = await privilege();
  if (prefix === null) throw new SetupProblem(toType(packages, purpose));

  say(`Installing what is missing to ${purpose}: ${packages.join(" ")} …`);
  let result = await run(prefix, install);
  if (result.code !== 0) {
    // Most often the package lists are missing or old.
    await run(prefix, ["apt-get", "update"]);
    result = await run(prefix, install);
  }
  if (result.code !== 0) {
    throw new SetupProblem(`${toType(packages, purpose)}\nIt was tried and failed:\n${tail(result, 6)}`);
  }
}

/**
 * @param {string[]} packages
 * @param {string} purpose
 */
export function toType(packages, purpose) {
  return (
    `Some system packages are missing to ${purpose}. Type this, then run the same command again:\n` +
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`
  );
}

/** @returns {Promise<string[] | null>} what to put in front of apt-get; null: it may not be used */
async function privilege() {
  if ((await command("apt-get", ["--version"])).code !== 0) return null;
  if (process.getuid?.() === 0) return [];
  return (await command("sudo", ["-n", "true"])).code === 0 ? ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"] : null;
}

/**
 * @param {string[]} prefix
 * @param {string[]} args
 */
function run(prefix, args) {
  const [file = "", ...rest] = [...prefix, ...args];
  return command(file, rest, { env: quiet });
}
