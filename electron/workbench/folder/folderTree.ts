import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";

/** A file, or a link that the user made, in the models folder. */
export interface TreeEntry {
  /** Relative to the folder. */
  path: string;
  kind: "file" | "link";
  sizeBytes: number;
  modifiedMs: number;
}

/** The hashes of the folder's files have marks of the file system, so they are written anew. */
export const hashesName = ".verified.json";
/** The end of the name of a file that is still being copied. */
export const partialEnd = ".r1-partial";

const maxEntries = 20_000;

/**
 * Resolves with everything in a folder, except its hashes and unfinished copies. Rejects with `models-move-refused` if
 * there is something that cannot be moved, or with the file system's error.
 */
export async function folderTree(root: string): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  const names = new Set<string>();
  const folders = [""];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for await (const { name } of await opendir(join(root, folder))) {
      const path = join(folder, name);
      const found = await lstat(join(root, path)).catch(() => null);
      if (found === null || path === hashesName || name.endsWith(partialEnd)) continue;
      if (found.isDirectory()) {
        folders.push(path);
        continue;
      }
      if (!found.isFile() && !found.isSymbolicLink()) throw refused("special", join(root, path));
      // Not every disk distinguishes such names, and then one file would replace the other.
      const plain = path.normalize("NFC").toLowerCase();
      if (names.has(plain)) throw refused("sameName", join(root, path));
      names.add(plain);
      entries.push({
        path,
        kind: found.isFile() ? "file" : "link",
        sizeBytes: found.isFile() ? found.size : 0,
        modifiedMs: found.mtimeMs,
      });
      if (entries.length > maxEntries)
        throw new WorkbenchError("models-move-refused", { case: "tooMany", most: maxEntries });
    }
  }
  return entries;
}

const refused = (why: "special" | "sameName", path: string): WorkbenchError =>
  new WorkbenchError("models-move-refused", { case: why, path });
