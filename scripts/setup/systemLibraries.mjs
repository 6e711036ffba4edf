import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { installPackages } from "./apt.mjs";
import { command } from "./command.mjs";
import { hasT64Names, missingLibraries, packagesFor, parseOsRelease } from "./debianPackages.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/**
 * On Linux: makes sure that the libraries Electron links against are there. Does nothing elsewhere.
 * @param {string} binary Electron's
 * @param {{ forTests: boolean }} options tests need Xvfb and a font too
 */
export async function ensureSystemLibraries(binary, { forTests }) {
  if (process.platform !== "linux") return;
  const sonames = missingLibraries((await command("ldd", [binary])).stdout);
  const hasXvfb = !forTests || (await command("which", ["Xvfb"])).code === 0;
  const hasFonts = !forTests || (await hasAnyFont());
  if (sonames.length === 0 && hasXvfb && hasFonts) return;

  const purpose = forTests ? "run the app and its tests" : "open the app's window";
  const t64 = hasT64Names(parseOsRelease(await readFile("/etc/os-release", "utf8").catch(() => "")));
  const { packages, unknown } = packagesFor(sonames, t64 ?? false);
  if (t64 === null || unknown.length > 0) {
    const missing = [...sonames, ...(hasXvfb ? [] : ["Xvfb"]), ...(hasFonts ? [] : ["a font"])];
    throw new SetupProblem(
      `Missing to ${purpose}: ${missing.join(", ")}. ` +
        "Install the packages of your Linux distribution that hold them, then run the same command again.",
    );
  }
  await installPackages(
    [...packages, ...(hasXvfb ? [] : ["xvfb"]), ...(hasFonts ? [] : ["fonts-dejavu-core"])],
    purpose,
  );
}

async function hasAnyFont() {
  const folders = ["/usr/share/fonts", "/usr/local/share/fonts", join(homedir(), ".local/share/fonts")];
  for (const folder of folders) {
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    if (files.some((file) => /\.(ttf|otf|ttc)$/i.test(file))) return true;
  }
  return false;
}
