import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { makeFolderSync } from "../makeFolder.ts";
import type { Database } from "./openDatabase.ts";

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
  readonly #lock: Database;

  constructor(folder: string) {
    this.#folder = folder;
    makeFolderSync(folder);
    this.#lock = new DatabaseSync(join(folder, this.token + suffix));
    this.#lock.exec("BEGIN EXCLUSIVE");
  }

  /** True if the process that holds `token` runs, ours included. */
  isAlive(token: string): boolean {
    return token === this.token || isLocked(this.#folder, token);
  }

  /** Lets go. Only after a clean end is the file removed: what stays behind tells the next start to check. */
  release(clean: boolean): void {
    this.#lock.close();
    if (clean) rmSync(join(this.#folder, this.token + suffix), { force: true });
  }
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

export function forgetOwner(folder: string, token: string): void {
  rmSync(join(folder, token + suffix), { force: true });
}

function ownerFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(suffix));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

function isLocked(folder: string, token: string): boolean {
  if (!ownerFiles(folder).includes(token + suffix)) return false;
  const probe = new DatabaseSync(join(folder, token + suffix), { timeout: 0 });
  try {
    probe.exec("BEGIN EXCLUSIVE");
    return false;
  } catch {
    return true;
  } finally {
    probe.close();
  }
}
