import { type Dirent, lstatSync, opendirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { FolderTrouble, LeftOut } from "../../../contract/documentFolders.ts";
import { systemCode } from "../../systemCode.ts";
import { folderLimits } from "./folderLimits.ts";
import { isDocumentName } from "./isDocumentName.ts";

/** A file that may be a document. */
export interface ListedFile {
  /** Below the folder, with `/`. */
  place: string;
  /** Its size and when it was changed. */
  version: string;
}

export interface ListedDocuments {
  files: ListedFile[];
  /** Places of folders and files that may be there, and could not be looked at. */
  unseen: string[];
  leftOut: LeftOut;
}

export type ListedFolder =
  | ListedDocuments
  /** `own`: it is the app's own folder, or is in it. */
  | { trouble: Extract<FolderTrouble, "gone" | "notAllowed"> | "own" };

/** Folders that programs fill. */
const trees = new Set(
  (
    "node_modules bower_components __pycache__ venv env site-packages target build dist out obj bin vendor Pods DerivedData " +
    "$RECYCLE.BIN lost+found"
  )
    .split(" ")
    .concat("System Volume Information"),
);

/**
 * Returns the documents below a folder, in the order of their names, those of a folder before those of its folders. Links
 * are not followed, and `except` is left out. Synchronous, because it runs in a process of its own.
 */
export function listDocuments(
  root: string,
  except: string,
  limits: Pick<typeof folderLimits, "files" | "depth" | "entries"> = folderLimits,
): ListedFolder {
  const leftOut: LeftOut = {
    hidden: 0,
    trees: 0,
    links: 0,
    others: 0,
    deep: 0,
    closed: 0,
    beyond: 0,
    full: 0,
    isCut: false,
  };
  const files: ListedFile[] = [];
  const unseen: string[] = [];
  let entries = 0;
  let realRoot: string;
  let drive: string;
  let first: Dirent[];
  const realExcept = realPath(except);
  const read = (path: string): Dirent[] => {
    const folder = opendirSync(path);
    const found: Dirent[] = [];
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if (++entries > limits.entries) {
          leftOut.isCut = true;
          break;
        }
        found.push(entry);
      }
    } finally {
      folder.closeSync();
    }
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  };
  const failed = (place: string, error: unknown): void => {
    // A name that is no text reads as another one, which is not there.
    if (isGone(error) && !place.includes("\uFFFD")) return;
    leftOut.closed++;
    unseen.push(place);
  };
  try {
    realRoot = realpathSync.native(root);
    if (realExcept !== null && isWithin(realRoot, realExcept)) return { trouble: "own" };
    drive = driveOf(realRoot);
    first = read(realRoot);
  } catch (error) {
    const code = systemCode(error);
    return { trouble: code === "EACCES" || code === "EPERM" ? "notAllowed" : "gone" };
  }
  const waiting: { place: string; depth: number; found: Dirent[] | null }[] = [{ place: "", depth: 0, found: first }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { place, depth } = next;
    let found = next.found;
    if (found === null) {
      const path = join(realRoot, place);
      if (path === realExcept) continue;
      try {
        // It may have been replaced by a link since it was listed.
        if (!isWithin(realpathSync.native(path), realRoot)) {
          leftOut.links++;
          continue;
        }
        found = read(path);
      } catch (error) {
        failed(place, error);
        continue;
      }
    }
    const folders: typeof waiting = [];
    for (const entry of found) {
      const { name } = entry;
      const inside = place === "" ? name : `${place}/${name}`;
      if (name.startsWith(".") || name.startsWith("~$")) leftOut.hidden++;
      else if (entry.isSymbolicLink()) leftOut.links++;
      else if (entry.isDirectory()) {
        if (trees.has(name)) leftOut.trees++;
        else if (depth + 1 > limits.depth) leftOut.deep++;
        else folders.push({ place: inside, depth: depth + 1, found: null });
      } else if (!entry.isFile() || !isDocumentName(name)) leftOut.others++;
      else if (files.length >= limits.files) leftOut.beyond++;
      else {
        try {
          const facts = lstatSync(join(realRoot, inside), { bigint: true });
          if (facts.isFile()) files.push({ place: inside, version: fileVersion(facts) });
        } catch (error) {
          failed(inside, error);
        }
      }
    }
    waiting.unshift(...folders);
  }
  // If its drive was unplugged meanwhile, what seems to be gone is not.
  if (driveOf(realRoot) !== drive) return { trouble: "gone" };
  return { files, unseen, leftOut };
}

/** Returns whether a real path is a folder or below it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

const isGone = (error: unknown): boolean => ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "");

/** Returns what tells the drive of a folder from others; "" if the folder is not there. */
const driveOf = (path: string): string => String(statSync(path, { bigint: true, throwIfNoEntry: false })?.dev ?? "");

/** Returns what tells one state of a file from another one. */
export const fileVersion = ({ size, mtimeNs }: { size: bigint; mtimeNs: bigint }): string => `${size}-${mtimeNs}`;

function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
