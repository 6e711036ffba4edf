import { constants, setPriority } from "node:os";

/** Lowers the priority of a page's process: the chat comes first, whatever a page computes. */
export function lowerPriority(pid: number): void {
  try {
    if (pid > 0) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Its process has ended, or the system does not allow it.
  }
}
