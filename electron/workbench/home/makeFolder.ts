import { mkdirSync, statSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Nobody but the user needs to look into the app's folders. */
const mode = 0o700;

/**
 * Makes a folder and the ones above it, one level at a time, unless it is there already. Node's own
 * `recursive: true` goes round for ever, deaf to signals, where a file system refuses new folders with ENOENT,
 * as /proc does. Throws the file system's own error.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) === "EEXIST" && (await isFolder(path))) return;
    if (codeOf(error) !== "ENOENT" || parent === path || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    await makeFolder(path);
  }
}

/** The same at once, for workers and for the start. */
export function makeFolderSync(path: string): void {
  if (isFolderSync(path)) return;
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) === "EEXIST" && isFolderSync(path)) return;
    if (codeOf(error) !== "ENOENT" || parent === path || isFolderSync(parent)) throw error;
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

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
