import { lstatSync } from "node:fs";
import { join } from "node:path";
import { WorkbenchError } from "../contract/errors.ts";

/**
 * Chromium uses a link of this name to prevent a second instance, and takes anything else there for a running one.
 * Throws `file-blocked`.
 */
export function expectInstanceLock(home: string): void {
  const path = join(home, "SingletonLock");
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return;
  throw new WorkbenchError("file-blocked", { case: "notOurs", path });
}
