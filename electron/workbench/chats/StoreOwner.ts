import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FileLock } from "../home/FileLock.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";

const suffix = ".owner";

/**
 * Which process writes a reply. Each process that opens the store holds an operating-system lock on a file
 * of its own in `owners/`; the system lets go of it when the process ends, however it ends. So a living
 * owner is never mistaken for a dead one, nor a reused process id for the old process.
 *
 * Claim and look only inside a write transaction of the store: otherwise a file could be seen before it is locked.
 */
export class StoreOwner {
  readonly token = randomUUID();
  readonly #folder: string;
  readonly #lock: FileLock | null;

  constructor(folder: string) {
    this.#folder = folder;
    makeOwnFolder(folder);
    this.#lock = FileLock.take(join(folder, this.token + suffix));
  }

  /** True if the process that holds `token` runs, ours included. */
  isAlive(token: string): boolean {
    return token === this.token || isLocked(this.#folder, token);
  }

  /** Lets go. Only after a clean end is the file removed: what stays behind tells the next start to check. */
  release(clean: boolean): void {
    this.#lock?.release();
    if (clean) rmSync(join(this.#folder, this.token + suffix), { force: true });
  }
}

/** Whether a process may have that name. */
export function isOwnerToken(token: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token);
}

/** Owner tokens left in the folder: of living processes, and of ones that died without a clean end. */
export function listOwners(folder: string): { alive: string[]; dead: string[] } {
  const alive: string[] = [];
  const dead: string[] = [];
  for (const name of ownerFiles(folder)) {
    const token = name.slice(0, -suffix.length);
    (isLocked(folder, token) ? alive : dead).push(token);
  }
  return { alive, dead };
}

/** One that cannot be removed is looked at again at the next start. */
export function forgetOwner(folder: string, token: string): void {
  try {
    rmSync(join(folder, token + suffix), { force: true });
  } catch {
    // Its replies were ended all the same.
  }
}

/** Files only: a folder, a pipe or a link of such a name is no process. */
function ownerFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && entry.name.endsWith(suffix)).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Only a lock that is held tells of a living process; a file that cannot be read or is no database tells of none. */
function isLocked(folder: string, token: string): boolean {
  if (!ownerFiles(folder).includes(token + suffix)) return false;
  try {
    const probe = FileLock.take(join(folder, token + suffix));
    probe?.release();
    return probe === null;
  } catch {
    return false;
  }
}
