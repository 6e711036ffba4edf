import { lstat, readlink, rename, rm, symlink, unlink } from "node:fs/promises";
import { WorkbenchError } from "../../contract/errors.ts";
import { syncFolder } from "../home/writeFileAtomic.ts";
import { folderPlaces, isFolder, isThere } from "./folderPlaces.ts";
import type { Move } from "./MoveJournal.ts";

type Folders = Pick<Move, "from" | "to" | "renames">;

/**
 * Makes `to` the models folder. Can be begun again after a crash at any point, and does nothing if it was done. Rejects
 * with `models-folder-missing` or the file system's error.
 */
export async function switchFolder(home: string, { from, to, renames }: Folders): Promise<void> {
  const { models, old, back } = folderPlaces(home);
  if (await isSwitched(home, to)) return;
  if (renames && !(await isThere(to))) await rename(from, to);
  if (!(await isFolder(to))) throw new WorkbenchError("models-folder-missing", { folder: to });
  const found = await lstat(models).catch(() => null);
  // Either everything in it was copied, or something made it anew. What is only there is moved later.
  if (found?.isDirectory() === true) await rename(models, old);
  if (to === back) {
    if (found?.isSymbolicLink() === true) await unlink(models);
    await rename(back, models);
  } else {
    await linkTo(models, to);
  }
  await syncFolder(home);
}

/**
 * Makes the former folder the models folder again, if it still has everything: a crash came in the middle of
 * `switchFolder`, and the new folder's disk is gone. Resolves with whether it did.
 */
export async function switchBack(home: string, { from, to, renames }: Folders): Promise<boolean> {
  const { models, old, back } = folderPlaces(home);
  if (renames || to === back || (await isFolder(to))) return false;
  if (from !== models) {
    if (!(await isFolder(from))) return false;
    await linkTo(models, from);
    return true;
  }
  if (await isFolder(old)) {
    await rm(models, { force: true });
    await rename(old, models);
  }
  return await isFolder(models);
}

/**
 * Resolves with whether a move that was to switch the folders has changed nothing, so that it can be given up: the new
 * folder is not there, and the former one is as it was.
 */
export async function isUntouched(home: string, { from, to, renames, state }: Move): Promise<boolean> {
  const { models, old } = folderPlaces(home);
  if (state !== "switching" || (await isThere(to)) || (await isSwitched(home, to))) return false;
  return renames ? await isFolder(from) : (await isThere(models)) && !(await isThere(old));
}

async function isSwitched(home: string, to: string): Promise<boolean> {
  const { models, back } = folderPlaces(home);
  if (to !== back) return (await readlink(models).catch(() => null)) === to;
  const found = await lstat(models).catch(() => null);
  return found?.isDirectory() === true && !(await isThere(back));
}

/** Replaces a link in one step, so that it leads to one folder or the other at any moment. */
async function linkTo(path: string, target: string): Promise<void> {
  const temporary = `${path}.link`;
  await rm(temporary, { force: true });
  // Windows makes a junction, which needs no rights, and cannot replace one in one step. The journal covers the gap.
  await symlink(target, temporary, "junction");
  if (process.platform === "win32") await rm(path, { force: true });
  await rename(temporary, path);
}
