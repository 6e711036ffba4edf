import { type Dirent, lstatSync, opendirSync, realpathSync } from "node:fs";
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

export type ListedFolder =
  | { files: ListedFile[]; leftOut: LeftOut }
  | { trouble: Extract<FolderTrouble, "gone" | "notAllowed"> };

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
  let entries = 0;
  let realRoot: string;
  let first: Dirent[];
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
  try {
    realRoot = realpathSync.native(root);
    first = read(realRoot);
  } catch (error) {
    const code = systemCode(error);
    return { trouble: code === "EACCES" || code === "EPERM" ? "notAllowed" : "gone" };
  }
  const realExcept = realPath(except);
  const waiting: { place: string; depth: number; found: Dirent[] | null }[] = [{ place: "", depth: 0, found: first }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { place, depth } = next;
    let found = next.found;
    if (found === null) {
      const path = join(realRoot, place);
      // It may have been replaced by a link since it was listed.
      if (
        path === realExcept ||
        realPath(path)?.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep) !== true
      )
        continue;
      try {
        found = read(path);
      } catch {
        leftOut.closed++;
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
        const version = versionOf(join(realRoot, inside));
        if (version !== null) files.push({ place: inside, version });
      }
    }
    waiting.unshift(...folders);
  }
  return { files, leftOut };
}

/** Returns the size of a file and when it was changed; null if it is gone, or no file any more. */
function versionOf(path: string): string | null {
  try {
    const facts = lstatSync(path, { bigint: true });
    return facts.isFile() ? fileVersion(facts) : null;
  } catch {
    return null;
  }
}

/** Returns what tells one state of a file from another one. */
export const fileVersion = ({ size, mtimeNs }: { size: bigint; mtimeNs: bigint }): string => `${size}-${mtimeNs}`;

function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
