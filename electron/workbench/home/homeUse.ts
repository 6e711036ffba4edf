import { join } from "node:path";
import { FileLock, probeWaitMs } from "./FileLock.ts";

const lockPath = (home: string): string => join(home, "in-use.lock");

/**
 * Records until it is released, or the process ends, that this process uses the home. Many may at once. Returns null if
 * nothing can be locked there: then nothing can be erased either.
 */
export function useHome(home: string): FileLock | null {
  try {
    return FileLock.share(lockPath(home), probeWaitMs);
  } catch {
    return null;
  }
}

/** Returns whether a process that called `useHome` is running. */
export const isHomeInUse = (home: string): boolean => FileLock.isHeld(lockPath(home));
