import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * @typedef {{ name: string, version: string, license?: string, author?: string | { name?: string } }} Manifest
 */

/**
 * Resolves with the package.json in a folder. Rejects if there is none.
 * @param {string} folder
 * @returns {Promise<Manifest>}
 */
export async function manifestIn(folder) {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}
