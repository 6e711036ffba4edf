import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Returns files other than 0600 and folders other than 0700, below a folder and itself, with modes. Ignores links. */
export async function openToOthers(folder: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const path of [folder, ...entries.map(({ parentPath, name }) => join(parentPath, name))]) {
    // A temporary file may have been deleted by now.
    const stats = await lstat(path).catch(() => null);
    if (stats === null || stats.isSymbolicLink()) continue;
    const mode = (stats.mode & 0o7777).toString(8);
    if (mode !== (stats.isDirectory() ? "700" : "600")) found.push(`${mode} ${path}`);
  }
  return found;
}
