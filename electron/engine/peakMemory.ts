import { writeFileSync } from "node:fs";

/**
 * Resets the peak memory of this process. Only Linux supports this (`man 5 proc_pid_clear_refs`); elsewhere the peak
 * stays.
 */
export function forgetPeakMemory(): void {
  if (process.platform !== "linux") return;
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // The kernel was built without it, so the peak stays, as on other systems.
  }
}

/**
 * Returns the peak main memory of this process in bytes, including pages of mapped files. Node reports kibibytes on
 * every system.
 */
export function peakResidentBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
