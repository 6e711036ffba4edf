import { closeSync, openSync, readSync } from "node:fs";

const magic = Buffer.from("SQLite format 3\0", "latin1");

/**
 * Returns whether the file may be a database that is not encrypted. It begins as one, or with zeros, because SQLite can write
 * the first page last: one whose process was killed has all its other pages. Throws the file system's error.
 */
export function isPlainDatabase(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(magic.length);
    if (readSync(file, start, 0, start.length, 0) < start.length) return false;
    return start.equals(magic) || start.every((byte) => byte === 0);
  } finally {
    closeSync(file);
  }
}
