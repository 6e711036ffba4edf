import { appendFileSync, chmodSync, closeSync, constants, fstatSync, lstatSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolderSync } from "./makeFolder.ts";

const maxFileBytes = 1_000_000;
/** Does not follow links and does not block on pipes. Windows has neither flag. */
const flags =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/**
 * A file that grows by whole lines, and that only this user can read (0600). When it reaches one megabyte it replaces
 * `<path>.old`, so both together take at most two. Several processes may write to it. Never throws: a line that cannot
 * be written, for example on a full disk, is lost.
 */
export class AppendFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The file's paths, the older one first. */
  get paths(): [string, string] {
    return [`${this.path}.old`, this.path];
  }

  /** `line` ends with a line break. */
  append(line: string): void {
    try {
      makeFolderSync(dirname(this.path));
      const { size, ino } = this.#append(line);
      // Another process may have replaced it meanwhile by a new one.
      if (size > maxFileBytes && lstatSync(this.path).ino === ino) renameSync(this.path, `${this.path}.old`);
    } catch {
      // There is no better place for it.
    }
  }

  #append(line: string): { size: number; ino: number } {
    const file = openSync(this.path, flags, 0o600);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) return { size: 0, ino: 0 };
      if ((stats.mode & 0o077) !== 0) chmodSync(this.path, 0o600);
      appendFileSync(file, line);
      return { size: stats.size + Buffer.byteLength(line), ino: stats.ino };
    } finally {
      closeSync(file);
    }
  }
}
