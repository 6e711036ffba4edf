import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { FileLock, probeWaitMs } from "./FileLock.ts";
import { makeOwnFolder } from "./makeOwnFolder.ts";

const lockPath = (home: string): string => join(home, "in-use.lock");

/** Returns a lock that keeps every process that calls `useHome` away, or null if there is one now. */
export function holdHomeAlone(home: string): FileLock | null {
  makeOwnFolder(home);
  return FileLock.take(lockPath(home), probeWaitMs);
}

/**
 * Records until it is released, or the process ends, that this process uses the home. Many may at once. Returns null if
 * nothing can be locked there: then nothing can be erased either. Throws `chat-lock-refused` while the chats are being
 * encrypted or decrypted.
 */
export function useHome(home: string): FileLock | null {
  let lock: FileLock | null;
  try {
    lock = FileLock.share(lockPath(home), probeWaitMs);
  } catch {
    return null;
  }
  if (lock === null) throw new WorkbenchError("chat-lock-refused", { case: "switching" });
  return lock;
}

/** Returns whether a process that called `useHome` is running. */
export const isHomeInUse = (home: string): boolean => FileLock.isHeld(lockPath(home));
