import { closeSync, constants, fstatSync, fsyncSync, lstatSync, openSync, rmSync, writeSync } from "node:fs";
import { systemCode } from "../systemCode.ts";

const zeros = Buffer.alloc(1 << 20);

/**
 * Overwrites a file with zeros, waits until they are on the disk, and deletes it. What the disk itself keeps of the old
 * content, as solid-state disks and some file systems do, is out of reach. A link is deleted, and what it leads to is left
 * as it is. A file that is not there is left out. Throws the file system's error.
 */
export function overwriteFile(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === true) overwrite(path);
  rmSync(path, { force: true });
}

function overwrite(path: string): void {
  let file: number;
  try {
    file = openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    for (let at = 0; at < size; at += zeros.length) writeSync(file, zeros, 0, Math.min(zeros.length, size - at), at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
