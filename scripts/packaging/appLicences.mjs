import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { manifestIn } from "../setup/manifestIn.mjs";
import { root } from "../setup/paths.mjs";
import { identity, licenceNotices } from "./licenceNotices.mjs";

/** In out/, and so in the package. The About dialog shows it. */
const licencesFile = "licences.json";

/**
 * Installed with node-llama-cpp, but not shipped (electron-builder.yml): what building llama.cpp would need, CUDA, and
 * engines for other processors.
 */
const notShipped = new RegExp(
  `^node_modules/(cmake-js|node-api-headers|node-addon-api|@typescript|@node-llama-cpp/(?!\\w+-${process.arch}\\b(?!-cuda)))`,
);

/**
 * Writes the licences of the software in the app: the packages that were bundled, those that ship as they are, Electron
 * and Node.
 * @param {string} out the folder of the built rooms
 * @param {Iterable<import("./bundledPackages.mjs").BundledPackage>} bundled
 */
export async function writeAppLicences(out, bundled) {
  const shipped = await Promise.all((await shippedFolders()).map((folder) => manifestIn(join(root, folder))));
  const electron = await manifestIn(join(root, "node_modules", "electron"));
  const notices = await licenceNotices(new Set([...bundled, ...shipped, electron].map(identity)));
  await writeFile(join(out, licencesFile), `${JSON.stringify(notices)}\n`);
}

/**
 * Returns the folders of the packages that are installed here and ship, from the lockfile: what is needed at run time.
 * @returns {Promise<string[]>}
 */
async function shippedFolders() {
  const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder !== "" && !dev && !devOptional && !notShipped.test(folder))
    .map(([folder]) => folder)
    .filter((folder) => existsSync(join(root, folder, "package.json")));
}
