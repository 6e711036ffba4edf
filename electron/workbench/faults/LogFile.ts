import { appendFileSync, chmodSync, closeSync, constants, fstatSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolderSync } from "../home/makeFolder.ts";

const maxFileBytes = 1_000_000;
const maxEntryChars = 8000;
/** Does not follow links and does not block on pipes. Windows has neither flag. */
const flags =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/**
 * A text file that only this user can read (0600). When it reaches one megabyte it replaces `<path>.old`, so both
 * together take at most two. Several processes may write to it. Never throws: text that cannot be written, for example
 * on a full disk, is lost.
 */
export class LogFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  add(entry: string): void {
    const line = `${new Date().toISOString()} ${entry.slice(0, maxEntryChars).replaceAll("\n", "\n  ")}\n`;
    try {
      makeFolderSync(dirname(this.path));
      if (this.#append(line) > maxFileBytes) renameSync(this.path, `${this.path}.old`);
    } catch {
      // A failure of the log cannot be logged.
    }
  }

  /** Returns the file's size in bytes. */
  #append(line: string): number {
    const file = openSync(this.path, flags, 0o600);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) return 0;
      if ((stats.mode & 0o077) !== 0) chmodSync(this.path, 0o600);
      appendFileSync(file, line);
      return stats.size + Buffer.byteLength(line);
    } finally {
      closeSync(file);
    }
  }
}
