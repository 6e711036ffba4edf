import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { WorkbenchError } from "../../contract/errors.ts";
import { isBusy } from "../chats/storeProblem.ts";
import { expectOwnDatabase } from "../home/expectOwnDatabase.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";

/**
 * Keeps a second process out of a download's folder. The operating system holds the lock, through SQLite, and lets go
 * of it when the process ends, however it ends: no lock is ever left behind.
 */
export class FolderLock {
  readonly #database: DatabaseSyncInstance;

  private constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  /** Returns the lock, or null if another process holds it. Throws `file-blocked`. */
  static take(folder: string): FolderLock | null {
    makeOwnFolder(folder);
    const path = join(folder, "lock");
    expectOwnDatabase(path);
    let database: DatabaseSyncInstance | null = null;
    try {
      database = new DatabaseSync(path, { timeout: 0 });
      database.exec("BEGIN EXCLUSIVE");
      return new FolderLock(database);
    } catch (error) {
      database?.close();
      if (isBusy(error)) return null;
      const said = error instanceof Error ? error.message : String(error);
      throw new WorkbenchError(
        "file-blocked",
        `${path} should be one of the app's own files, but cannot be used.`,
        said,
      );
    }
  }

  release(): void {
    this.#database.close();
  }
}
