import { rmSync } from "node:fs";
import { databaseEndings } from "./expectOwnDatabase.ts";

/** Deletes a database with the files that SQLite keeps next to it. Throws the file system's error. */
export function removeDatabase(path: string): void {
  for (const ending of databaseEndings) rmSync(path + ending, { force: true });
}
