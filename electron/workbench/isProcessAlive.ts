import { systemCode } from "./systemCode.ts";

/** Returns whether a process with this pid is running. It may be a later one than that which is meant. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to another user.
    return systemCode(error) === "EPERM";
  }
}
