import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FileLock, probeWaitMs } from "../home/FileLock.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { systemCode } from "../systemCode.ts";

const suffix = ".owner";

/** Whoever writes replies in a store. */
export type ReplyOwner = Pick<StoreOwner, "token" | "isAlive" | "release">;

/**
 * Records which process writes a reply. Each process that opens the store holds an operating-system lock on a file of
 * its own in `owners/`. The system releases the lock when the process ends, however it ends, so a running owner is
 * never mistaken for a dead one, nor a reused process id for the old process.
 *
 * Create an owner, and decide what becomes of another's replies, only inside a write transaction of the store; otherwise
 * a file could be seen before it is locked.
 */
export class StoreOwner {
  readonly token = randomUUID();
  readonly #folder: string;
  readonly #lock: FileLock | null;

  /** In a folder that is read-only, nothing is recorded, because nothing is written. */
  constructor(folder: string, isReadOnly = false) {
    this.#folder = folder;
    if (!isReadOnly) makeOwnFolder(folder);
    this.#lock = isReadOnly ? null : FileLock.take(join(folder, this.token + suffix), probeWaitMs);
  }

  /** Returns true if the process that holds `token` is running. That includes this process. */
  isAlive(token: string): boolean {
    return token === this.token || isLocked(this.#folder, token);
  }

  /** Releases the lock. Removes the file only after a clean exit: a file that remains makes the next start check. */
  release(clean: boolean): void {
    this.#lock?.release();
    if (clean && this.#lock !== null) rmSync(join(this.#folder, this.token + suffix), { force: true });
  }
}

/** Returns the owner tokens in the folder: of running processes, and of ones that ended without a clean exit. */
export function listOwners(folder: string): { alive: string[]; dead: string[] } {
  const alive: string[] = [];
  const dead: string[] = [];
  for (const name of ownerFiles(folder)) {
    const token = name.slice(0, -suffix.length);
    (isLocked(folder, token) ? alive : dead).push(token);
  }
  return { alive, dead };
}

/** Removes an owner's file. If that fails, the next start checks it again. */
export function forgetOwner(folder: string, token: string): void {
  try {
    rmSync(join(folder, token + suffix), { force: true });
  } catch {
    // Its replies were ended anyway.
  }
}

/** Returns regular files only: a folder, pipe or link with such a name is not an owner. */
function ownerFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && entry.name.endsWith(suffix)).map(({ name }) => name);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Returns whether the file is locked, which only a running process causes. */
function isLocked(folder: string, token: string): boolean {
  return ownerFiles(folder).includes(token + suffix) && FileLock.isHeld(join(folder, token + suffix));
}
