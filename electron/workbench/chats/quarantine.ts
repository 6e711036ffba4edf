import { existsSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { databaseEndings } from "../home/expectOwnDatabase.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";

/**
 * Moves a damaged database, with the files that SQLite keeps next to it, to `quarantine/<time>/` next to its folder.
 * Nothing is deleted. Returns the folder that the files are in now. Throws `file-blocked`.
 */
export function quarantine(databasePath: string, now: Date): string {
  const shelf = join(dirname(dirname(databasePath)), "quarantine");
  const stamp = now.toISOString().replaceAll(":", "-");
  let folder = join(shelf, stamp);
  for (let attempt = 2; existsSync(folder); attempt++) folder = join(shelf, `${stamp}-${attempt}`);
  makeOwnFolder(folder);
  // The database comes last: what is beside it must not be taken for a part of the one that replaces it.
  for (const ending of databaseEndings.toReversed()) {
    const path = databasePath + ending;
    if (existsSync(path)) renameSync(path, join(folder, basename(path)));
  }
  return folder;
}
