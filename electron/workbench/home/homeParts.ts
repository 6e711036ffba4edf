import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DiskKind } from "../../contract/disk.ts";
import { folderPlaces } from "../folder/folderPlaces.ts";
import { isOwnContent, kindOfEntry } from "./homeEntries.ts";
import { namesIn } from "./namesIn.ts";

/** A file or folder of the home of which everything is of one kind; `other` is the user's. */
export interface HomePart {
  kind: DiskKind;
  path: string;
  /** Whether users may have put models of their own into this folder. */
  isModels: boolean;
}

/** Returns what is in the home. Throws if it cannot be read. What is not the app's inside its folders is a part of its own. */
export function homeParts(home: string): HomePart[] {
  // While models move back into the home, this has copies only.
  const { back } = folderPlaces(home);
  return readdirSync(home).flatMap((name) => {
    const kind = kindOfEntry(name);
    const path = join(home, name);
    const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const whole = { kind, path, isModels: kind === "models" && isFolder && path !== back };
    // A folder that cannot be read is taken as a whole.
    const names = isFolder && kind !== "other" ? namesIn(path) : [];
    if (names.every((each) => isOwnContent(name, each))) return [whole];
    return names.map((each): HomePart => {
      return { kind: isOwnContent(name, each) ? kind : "other", path: join(path, each), isModels: false };
    });
  });
}

/** Returns the same, and for a home that cannot be read, nothing. */
export function readableParts(home: string): HomePart[] {
  try {
    return homeParts(home);
  } catch {
    return [];
  }
}
