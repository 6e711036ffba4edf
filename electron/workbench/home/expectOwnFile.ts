import { lstatSync } from "node:fs";
import { WorkbenchError } from "../../contract/errors.ts";

/**
 * Checks a path before a library opens it, because a library would follow a link and block on a pipe. Throws
 * `file-blocked` if anything but a regular file is there.
 */
export function expectOwnFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  const kind = found.isSymbolicLink() ? "link" : found.isDirectory() ? "folder" : found.isFIFO() ? "pipe" : "device";
  throw new WorkbenchError("file-blocked", { case: kind, path });
}
