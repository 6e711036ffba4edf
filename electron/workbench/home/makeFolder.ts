import { mkdirSync, statSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode } from "../systemCode.ts";

/** Only the user may read the app's folders. */
const mode = 0o700;

/**
 * Creates a folder and its missing parents, one level at a time. Node's `recursive: true` loops forever and ignores
 * signals if a file system refuses new folders with ENOENT, as /proc does. Rejects with the file system's error.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const parent = dirname(path);
    if (systemCode(error) === "EEXIST" && (await isFolder(path))) return;
    if (systemCode(error) !== "ENOENT" || parent === path || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    await makeFolder(path);
  }
}

/** The synchronous version, for workers and for startup. */
export function makeFolderSync(path: string): void {
  if (isFolderSync(path)) return;
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const parent = dirname(path);
    if (systemCode(error) === "EEXIST" && isFolderSync(path)) return;
    if (systemCode(error) !== "ENOENT" || parent === path || isFolderSync(parent)) throw error;
    makeFolderSync(parent);
    makeFolderSync(path);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function isFolderSync(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
