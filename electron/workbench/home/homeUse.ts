import { join } from "node:path";
import { FileLock } from "./FileLock.ts";

const lockPath = (home: string): string => join(home, "in-use.lock");

/** Looking whether anyone uses the home takes the lock for a moment. */
const probeWaitMs = 1000;

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
export function isHomeInUse(home: string): boolean {
  try {
    const probe = FileLock.take(lockPath(home));
    probe?.release();
    return probe === null;
  } catch {
    return false;
  }
}
