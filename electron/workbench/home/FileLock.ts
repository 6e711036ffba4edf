import { setTimeout } from "node:timers/promises";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { WorkbenchError } from "../../contract/errors.ts";
import { expectOwnDatabase } from "./expectOwnDatabase.ts";
import { primaryCode, resultCodes } from "../sqlite/resultCodes.ts";

/** `isHeld` takes a lock for a moment; whoever needs the lock then waits for so long, in milliseconds. */
export const probeWaitMs = 1000;
const tryAgainMs = 10;

/**
 * A lock that one process holds, or several share. The operating system, through SQLite, holds the lock and releases it
 * when the process ends, however it ends, so no lock is ever left behind.
 */
export class FileLock {
  readonly #database: DatabaseSyncInstance;

  private constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  /**
   * Returns the lock on a file that is used for nothing else, or null if it is already held, and still is after waiting
   * for so long. Throws `file-blocked` or `disk-full`.
   */
  static take(path: string, waitMs = 0): FileLock | null {
    return FileLock.#locked(path, waitMs, "BEGIN EXCLUSIVE");
  }

  /** Resolves with the lock once nobody else holds it, or with null after so long. Does not block. Throws as `take` does. */
  static async takeWithin(path: string, mostMs: number): Promise<FileLock | null> {
    const until = performance.now() + mostMs;
    for (;;) {
      const lock = FileLock.take(path);
      if (lock !== null || performance.now() >= until) return lock;
      await setTimeout(tryAgainMs);
    }
  }

  /** Returns a lock that others may share, but not take, or null as for `take`. Throws the same. */
  static share(path: string, waitMs = 0): FileLock | null {
    // SQLite locks a file once it is read.
    return FileLock.#locked(path, waitMs, "BEGIN; SELECT count(*) FROM sqlite_schema");
  }

  /**
   * Returns whether a running process holds or shares the lock, by taking it for a moment. A file that is unreadable or
   * not a database counts as not locked.
   */
  static isHeld(path: string): boolean {
    try {
      const probe = FileLock.take(path);
      probe?.release();
      return probe === null;
    } catch {
      return false;
    }
  }

  static #locked(path: string, waitMs: number, begin: string): FileLock | null {
    expectOwnDatabase(path);
    let database: DatabaseSyncInstance | null = null;
    try {
      database = new DatabaseSync(path, { timeout: waitMs });
      database.exec(begin);
      return new FileLock(database);
    } catch (error) {
      database?.close();
      if (isBusy(error)) return null;
      const said = error instanceof Error ? error.message : String(error);
      if (primaryCode(error) === resultCodes.SQLITE_FULL) throw new WorkbenchError("disk-full", undefined, said);
      throw new WorkbenchError("file-blocked", { case: "unusable", path }, said);
    }
  }

  release(): void {
    this.#database.close();
  }
}

function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === resultCodes.SQLITE_BUSY || code === resultCodes.SQLITE_LOCKED;
}
