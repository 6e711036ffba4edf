import { expectOwnFile } from "./expectOwnFile.ts";

/** What SQLite keeps beside a database. It looks for a rollback journal also where it keeps a log. */
export const databaseEndings = ["", "-journal", "-wal", "-shm"] as const;

/** `expectOwnFile` for all the files that SQLite opens with a database. Throws `file-blocked`. */
export function expectOwnDatabase(path: string): void {
  for (const ending of databaseEndings) expectOwnFile(path + ending);
}
