import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { FileLock } from "../home/FileLock.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";

/** Allows one measurement at a time on a home folder, across processes. Throws `benchmark-running`. */
export function lockMachine(home: string): FileLock {
  const folder = join(home, "benchmarks");
  makeOwnFolder(folder);
  const lock = FileLock.take(join(folder, "lock"));
  if (lock !== null) return lock;
  throw new WorkbenchError("benchmark-running", { case: "elsewhere" });
}
