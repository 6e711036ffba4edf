import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { FolderLock } from "../downloads/FolderLock.ts";

/** For one measurement at a time on a home folder, also against other processes. Fails with `benchmark-running`. */
export function lockMachine(home: string): FolderLock {
  const lock = FolderLock.take(join(home, "benchmarks"));
  if (lock !== null) return lock;
  throw new WorkbenchError(
    "benchmark-running",
    "A benchmark or a tuning measures this machine already, here or in another window or terminal.",
  );
}
