import { closeSync, openSync, readSync } from "node:fs";

const magic = "SQLite format 3\0";

/** Returns whether the file begins as a database that is not encrypted. Throws the file system's error. */
export function isPlainDatabase(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(magic.length);
    return readSync(file, start, 0, start.length, 0) === start.length && start.toString("latin1") === magic;
  } finally {
    closeSync(file);
  }
}
