import { command, tail } from "./command.mjs";
import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/** The packages with the libraries that Electron links against. Since Debian 13, libasound2 is called libasound2t64. */
const electronPackages = ["libgtk-3-0", "libnss3", "libgbm1", "'^libasound2(t64)?$'"];
/** @type {Record<string, string>} the Debian packages whose name differs from the program's */
const packageOfProgram = { "xvfb-run": "xvfb", ip: "iproute2" };

/**
 * On Linux, ensures that the libraries Electron links against and these programs are installed. Installs them with apt
 * as root or with passwordless sudo; otherwise throws a SetupProblem with the command to run.
 * @param {string} purpose completes "missing to …"
 * @param {{ electron?: string, programs?: string[] }} needed `electron`: the path of its binary
 */
export async function ensureSystemPackages(purpose, { electron, programs = [] }) {
  if (process.platform !== "linux") return;
  const missing = await findMissing(electron, programs);
  if (missing.length === 0) return;
  if ((await command("apt-get", ["--version"])).code === 0) await installPackages(packagesFor(missing), purpose);
  const still = await findMissing(electron, programs);
  if (still.length === 0) return;
  throw new SetupProblem(
    `Missing to ${purpose}: ${still.join(", ")}. ` +
      "Install the packages of your Linux distribution that hold them, then run the same command again.",
  );
}

/**
 * @param {string | undefined} electron
 * @param {string[]} programs
 */
async function findMissing(electron, programs) {
  const missing = electron === undefined ? [] : missingLibraries((await command("ldd", [electron])).stdout);
  for (const program of programs) {
    // `ip` is in a folder that is only on root's PATH.
    const found = await command("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`]);
    if (found.code !== 0) missing.push(program);
  }
  return missing;
}

/**
 * Returns the libraries that `ldd` did not find.
 * @param {string} lddOutput
 */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, soname = ""]) => soname);
}

/**
 * Returns the packages to pass to apt, quoted for a shell where necessary.
 * @param {string[]} missing libraries such as "libnss3.so" and programs
 */
export function packagesFor(missing) {
  const isLibrary = (/** @type {string} */ name) => /\.so(\.|$)/.test(name);
  const programs = missing.filter((name) => !isLibrary(name)).map((name) => packageOfProgram[name] ?? name);
  return [...(missing.some(isLibrary) ? electronPackages : []), ...programs];
}

/**
 * @param {string[]} packages
 * @param {string} purpose
 */
async function installPackages(packages, purpose) {
  const install = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  const toType =
    `Some system packages are missing to ${purpose}. Type this, then run the same command again:\n` +
    `  sudo apt-get update && sudo ${install}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await command("sudo", ["-n", "true"])).code !== 0) throw new SetupProblem(toType);

  say(`Installing what is missing to ${purpose}: ${packages.join(" ")} …`);
  // The first attempt usually fails because the package lists are missing or outdated.
  const script = `export DEBIAN_FRONTEND=noninteractive; ${install} || { apt-get update && ${install}; }`;
  const result = await (isRoot ? command("sh", ["-c", script]) : command("sudo", ["-n", "sh", "-c", script]));
  if (result.code !== 0)
    throw new SetupProblem(`${toType}\nThe installation was attempted and failed:\n${tail(result, 6)}`);
}
