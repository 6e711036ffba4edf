import { expectOwnFile } from "./expectOwnFile.ts";

/** Suffixes of the files that SQLite uses for a database. It looks for a rollback journal even in WAL mode. */
export const databaseEndings = ["", "-journal", "-wal", "-shm"] as const;

/** Calls `expectOwnFile` for all the files that SQLite opens with a database. Throws `file-blocked`. */
export function expectOwnDatabase(path: string): void {
  for (const ending of databaseEndings) expectOwnFile(path + ending);
}
