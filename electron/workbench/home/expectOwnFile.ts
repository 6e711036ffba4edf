import { lstatSync } from "node:fs";
import { WorkbenchError } from "../../contract/errors.ts";

/**
 * For files that a library opens by their path, and would follow or wait at: a regular file or nothing may lie there.
 * Throws `file-blocked` for a link, a pipe, a folder or a device.
 */
export function expectOwnFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  const kind = found.isSymbolicLink()
    ? "a link"
    : found.isDirectory()
      ? "a folder"
      : found.isFIFO()
        ? "a named pipe"
        : "a device or socket";
  throw new WorkbenchError("file-blocked", `${path} should be one of the app's own files, but is ${kind}.`);
}
