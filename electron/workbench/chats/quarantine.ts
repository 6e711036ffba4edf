import { existsSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolderSync } from "../home/makeFolder.ts";

/**
 * Moves a damaged database with its -wal and -shm files to `quarantine/<time>/` beside its folder. Nothing is deleted.
 * Answers the folder the files now lie in.
 */
export function quarantine(databasePath: string, now: Date): string {
  const shelf = join(dirname(dirname(databasePath)), "quarantine");
  const stamp = now.toISOString().replaceAll(":", "-");
  let folder = join(shelf, stamp);
  for (let attempt = 2; existsSync(folder); attempt++) folder = join(shelf, `${stamp}-${attempt}`);
  makeFolderSync(folder);
  for (const ending of ["", "-wal", "-shm"]) {
    const path = databasePath + ending;
    if (existsSync(path)) renameSync(path, join(folder, basename(path)));
  }
  return folder;
}
