import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { listOwners } from "../chats/StoreOwner.ts";
import { removeLeftFolders } from "../doctor/doctorFolder.ts";
import { folderName, folderPlaces } from "../folder/folderPlaces.ts";
import { eraseJournal, isErasing } from "../home/eraseJournal.ts";
import { kindOfEntry } from "../home/homeEntries.ts";
import { ownModelFiles } from "./ownModelFiles.ts";

/** Held by this process while it runs, and removed by Chromium when it ends. */
const held = /^(Singleton\w+|lockfile)$/;

/**
 * Erases everything that the app keeps, if the user asked for it: in the home, and of the models in another folder
 * those that it downloaded. Follows no other link. The journal goes last, so that an erasure which was interrupted goes
 * on with the next call. Synchronous, because Chromium opens its files in the home as soon as it can. Throws
 * `erase-blocked`.
 */
export function eraseHome(home: string): void {
  if (!isErasing(home)) return;
  if (listOwners(join(home, "store", "owners")).alive.length > 0) {
    throw new WorkbenchError("erase-blocked", { case: "inUse" });
  }
  // They may hold copies of the chats.
  removeLeftFolders();
  const folder = linkedFolder(home);
  if (folder !== null) eraseModels(folder);
  for (const name of readdirSync(home)) {
    const path = join(home, name);
    if (kindOfEntry(name) !== "other" && !held.test(name) && path !== eraseJournal(home)) erase(path);
  }
  erase(eraseJournal(home));
  makeDurable(home);
}

/** After a power failure, a journal that came back would erase what was written since. Windows does not need this. */
function makeDurable(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Returns the folder that the models were moved to, or null if they are in the home. Throws if it is not there. */
function linkedFolder(home: string): string | null {
  const { models } = folderPlaces(home);
  if (lstatSync(models, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return null;
  const path = resolve(dirname(models), readlinkSync(models));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  throw new WorkbenchError("erase-blocked", { case: "diskMissing", path });
}

/** Erases what the app put into a folder that the user chose, and the folders that are empty then. */
function eraseModels(folder: string): void {
  for (const path of ownModelFiles(folder)) {
    erase(path);
    removeEmpty(dirname(path), folder);
  }
  // The app made it, under this name, for the models.
  if (basename(folder) === folderName) remove(folder);
}

/** Removes empty folders from `path` up to the models folder, which stays. */
function removeEmpty(path: string, folder: string): void {
  if (path.length > folder.length && remove(path)) removeEmpty(dirname(path), folder);
}

/** Returns whether the folder was empty, and is gone. */
function remove(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** A link is removed and not followed. */
function erase(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    throw new WorkbenchError("erase-blocked", { case: "file", path });
  }
}
