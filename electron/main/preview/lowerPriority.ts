import { readdirSync } from "node:fs";
import { constants, setPriority } from "node:os";

/**
 * Lowers the priority of a page's process: the chat comes first, whatever a page computes. Call again and again, for the
 * threads that it starts.
 */
export function lowerPriority(pid: number): void {
  if (pid <= 0) return;
  for (const id of [pid, ...threadsOf(pid)]) {
    try {
      setPriority(id, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // It has ended, or the system does not allow it.
    }
  }
}

/** Returns the threads of a process where each has a priority of its own. */
function threadsOf(pid: number): number[] {
  if (process.platform !== "linux") return [];
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}
