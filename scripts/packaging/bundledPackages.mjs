import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readFile, writeFile } from "node:fs/promises";

/** @typedef {{ name: string, version: string, folder: string }} BundledPackage `folder` is relative to the repository. */

/** The list of npm packages that were bundled into the app's own files. It is in out/, and so in the package. */
export const bundledPackagesFile = "bundledPackages.json";

/**
 * Returns a bundler plugin that records the npm package of every module in a chunk.
 * @param {string} root the repository's folder
 * @param {Map<string, BundledPackage>} found the map to add to, by folder
 * @returns {import("vite").Plugin}
 */
export function noteBundledPackages(root, found) {
  return {
    name: "note-bundled-packages",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const module of chunk.moduleIds) {
          const noted = packageOf(root, module);
          if (noted !== null) found.set(noted.folder, noted);
        }
      }
    },
  };
}

/**
 * @param {string} out the folder of the built rooms
 * @param {Map<string, BundledPackage>} found
 */
export async function writeBundledPackages(out, found) {
  const sorted = [...found.values()].sort((a, b) => a.folder.localeCompare(b.folder));
  await writeFile(join(out, bundledPackagesFile), `${JSON.stringify(sorted, null, 1)}\n`);
}

/**
 * @param {string} out
 * @returns {Promise<BundledPackage[]>}
 */
export async function readBundledPackages(out) {
  return JSON.parse(await readFile(join(out, bundledPackagesFile), "utf8"));
}

/**
 * @param {string} root
 * @param {string} module its id: a path, possibly with a query and the bundler's own prefix
 * @returns {BundledPackage | null} null if it is our own or the bundler's
 */
function packageOf(root, module) {
  const path = module.replace(/^\0(?:.*:)?/, "").replace(/\?.*$/, "");
  if (!path.includes("/node_modules/")) return null;
  // Folders inside a package may have their own package.json that only says how its modules are parsed.
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    const manifestFile = join(folder, "package.json");
    if (!existsSync(manifestFile)) continue;
    const { name, version } = JSON.parse(readFileSync(manifestFile, "utf8"));
    if (name && version) return { name, version, folder: folder.slice(root.length + 1).replaceAll("\\", "/") };
  }
  return null;
}
