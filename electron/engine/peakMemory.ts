import { writeFileSync } from "node:fs";

/** Forgets the highest mark of memory so far. Linux alone can (`man 5 proc_pid_clear_refs`); elsewhere it stays. */
export function forgetPeakMemory(): void {
  if (process.platform !== "linux") return;
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // A kernel built without it: the mark stays, as elsewhere.
  }
}

/** The most main memory this process has held, with pages of mapped files. Node gives kibibytes on every system. */
export function peakResidentBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
