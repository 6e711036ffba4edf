import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { npm, tail } from "./command.mjs";
import { oneAtATime } from "./oneAtATime.mjs";
import { root } from "./paths.mjs";
import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

const stampFile = join(root, "node_modules", ".r1-workbench-stamp");

/**
 * Returns what identifies the right node_modules: the lockfile's packages for this platform.
 * @param {string} lockfile its text
 * @param {string} platform such as "linux-x64"
 */
export function dependenciesStamp(lockfile, platform) {
  return createHash("sha256").update(platform).update("\0").update(lockfile).digest("hex");
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Returns whether npm has already installed what the lockfile requires. npm records it in
 * node_modules/.package-lock.json at the very end of an install. Saves developers a second install after their own `npm
 * install`.
 * @param {Lockfile} wanted
 * @param {Lockfile} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === "" || entry.link) return true;
    const found = installed.packages[path];
    if (!found) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Installs the packages in package-lock.json; quick if they are already installed. */
export async function ensureDependencies() {
  const wanted = await wantedStamp();
  if ((await readIfThere(stampFile)) === wanted) return;
  await oneAtATime(root, async () => {
    if ((await readIfThere(stampFile)) === wanted) return;
    if (!(await hasAllPackages())) await install();
    await writeFile(stampFile, wanted);
  });
}

async function wantedStamp() {
  const lockfile = await readFile(join(root, "package-lock.json"), "utf8");
  return dependenciesStamp(lockfile, `${process.platform}-${process.arch}`);
}

async function hasAllPackages() {
  const installed = await readIfThere(join(root, "node_modules", ".package-lock.json"));
  if (installed === null) return false;
  // Platform-specific packages are optional, so another platform's node_modules requires a real install.
  const stamp = await readIfThere(stampFile);
  const lockfile = await readFile(join(root, "package-lock.json"), "utf8");
  if (stamp === null && !hasPackagesOfThisPlatform(JSON.parse(installed))) return false;
  return isInstalled(JSON.parse(lockfile), JSON.parse(installed));
}

/** @param {Lockfile} installed */
function hasPackagesOfThisPlatform(installed) {
  const platform = process.platform === "darwin" ? "mac" : process.platform === "win32" ? "win" : process.platform;
  return Object.keys(installed.packages).some((path) =>
    path.startsWith(`node_modules/@node-llama-cpp/${platform}-${process.arch}`),
  );
}

async function install() {
  say("Installing the dependencies named in package-lock.json; the first time takes a few minutes …");
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--prefer-offline"];
  const result = await npm(["ci", ...quiet], { cwd: root });
  if (result.code === 0) return;
  throw new SetupProblem(
    `The dependencies could not be installed. What npm said:\n${npmErrors(result)}\n` +
      "If this computer needs a proxy or a mirror, set it with `npm config set proxy …` or `registry …`, " +
      "then run the same command again.",
  );
}

/**
 * Returns the first lines of npm's error message. The rest is advice and usage.
 * @param {import("./command.mjs").CommandResult} result
 */
function npmErrors(result) {
  const errors = result.stderr.split("\n").filter((line) => /^npm error \S/.test(line));
  return errors.length === 0 ? tail(result) : errors.slice(0, 12).join("\n");
}

/** @param {string} path */
async function readIfThere(path) {
  return readFile(path, "utf8").catch(() => null);
}
