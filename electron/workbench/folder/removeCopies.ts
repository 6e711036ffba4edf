import { lstat, readdir, rm, rmdir, stat, unlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { copyEntry, type CopyOptions, isCopied } from "./copyEntry.ts";
import { folderName, folderPlaces, isFolder, isThere } from "./folderPlaces.ts";
import { folderTree, hashesName, partialEnd } from "./folderTree.ts";
import type { Move } from "./MoveJournal.ts";

/**
 * Deletes from the former folder what the new one has, and moves there what only the former one has. A file that is
 * different there stays. Rejects with `models-folder-missing`, or as `copyEntry` does.
 */
export async function removeOriginals(home: string, { from, to }: Move, options: CopyOptions): Promise<void> {
  const { models, old, back } = folderPlaces(home);
  const now = to === back ? models : to;
  for (const former of from === models ? [old] : [from, old]) {
    if (!(await isThere(former))) continue;
    if (!(await isFolder(now))) throw new WorkbenchError("models-folder-missing", { folder: now });
    if (!(await isFolder(former)) || (await isSame(former, now))) continue;
    for (const entry of await folderTree(former)) {
      const path = join(former, entry.path);
      if (!(await isThere(join(now, entry.path)))) await copyEntry(former, now, entry, options);
      if ((await isCopied(former, now, entry)) && !(await isSame(path, join(now, entry.path), lstat)))
        await unlink(path);
    }
    await rm(join(former, hashesName), { force: true });
    await removeEmptyFolders(former, former === old || basename(former).startsWith(folderName));
  }
}

/**
 * Deletes from the new folder what was copied there, if the former folder has it. Resolves with false if the new folder
 * could not be reached and there may be copies in it.
 */
export async function removeCopies({ from, to, renames }: Move): Promise<boolean> {
  if (!(await isFolder(from))) return true;
  if (!(await isFolder(to))) return renames || (await folderTree(from)).length === 0;
  if (await isSame(from, to)) return true;
  for (const entry of await folderTree(from)) {
    await rm(join(to, `${entry.path}${partialEnd}`), { force: true });
    if (await isCopied(from, to, entry)) await unlink(join(to, entry.path));
  }
  await rm(join(to, hashesName), { force: true });
  await removeEmptyFolders(to, true);
  return true;
}

/** Resolves with whether both paths are the same file or folder. Then neither may be deleted. */
async function isSame(one: string, other: string, read: typeof lstat = stat): Promise<boolean> {
  const found = await Promise.all([one, other].map((path) => read(path, { bigint: true }).catch(() => null)));
  const [first, second] = found.map((each) => each && `${each.dev} ${each.ino}`);
  return first !== null && first === second;
}

async function removeEmptyFolders(folder: string, itself: boolean): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeEmptyFolders(join(folder, entry.name), true);
  }
  // A folder that is not empty stays.
  if (itself) await rmdir(folder).catch(() => undefined);
}
