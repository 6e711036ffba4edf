import { readFileSync } from "node:fs";

/** Returns whether a process is running. */
export function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // In a bare container no process reaps orphans, so they remain in the process table as zombies.
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
