import { lstatSync, readlinkSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { listOwners } from "../chats/StoreOwner.ts";
import { removeLeftFolders } from "../doctor/doctorFolder.ts";
import { folderName, folderPlaces } from "../folder/folderPlaces.ts";
import { eraseJournal, isErasing } from "../home/eraseJournal.ts";
import { isHomeInUse } from "../home/homeUse.ts";
import { homeParts } from "../home/homeParts.ts";
import { syncFolderNow } from "../home/syncPath.ts";
import { ownModelFiles } from "./ownModelFiles.ts";

/** Held by this process while it runs, and removed by Chromium when it ends. */
const held = /^(Singleton\w+|lockfile)$/;

/**
 * Erases everything that the app keeps, if the user asked for it: what it wrote into the home, and of the models those
 * that it downloaded, wherever they are. Follows no other link. Models on another disk come last, because that may be
 * missing. The journal remains until then, so that an erasure which was interrupted goes on with the next call.
 * Synchronous, because Chromium opens its files in the home as soon as it can. Throws `erase-blocked`.
 */
export function eraseHome(home: string): void {
  if (!isErasing(home)) return;
  if (isHomeInUse(home) || listOwners(join(home, "store", "owners")).alive.length > 0) {
    throw new WorkbenchError("erase-blocked", { case: "inUse" });
  }
  // They may hold copies of the chats.
  removeLeftFolders();
  const { models } = folderPlaces(home);
  const isLink = lstatSync(models, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  for (const { kind, path, isModels } of homeParts(home)) {
    if (isModels) eraseModels(path, true);
    else if (
      kind !== "other" &&
      !held.test(basename(path)) &&
      path !== eraseJournal(home) &&
      !(isLink && path === models)
    ) {
      erase(path);
    }
  }
  if (isLink) {
    const folder = resolve(dirname(models), readlinkSync(models));
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new WorkbenchError("erase-blocked", { case: "diskMissing", path: folder });
    }
    // The app makes a folder with this name for the models in one that the user chose.
    eraseModels(folder, basename(folder) === folderName);
    erase(models);
  }
  erase(eraseJournal(home));
  // After a power failure, a journal that came back would erase what was written since.
  syncFolderNow(home);
}

/** Erases what the app put into a models folder, the folders that are empty then, and itself if the app made it. */
function eraseModels(folder: string, isOurs: boolean): void {
  for (const path of ownModelFiles(folder)) {
    erase(path);
    removeEmpty(dirname(path), folder);
  }
  // It may have empty folders.
  const downloads = join(folder, ".downloads");
  if (lstatSync(downloads, { throwIfNoEntry: false })?.isDirectory() === true) erase(downloads);
  if (isOurs) remove(folder);
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
