import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { expectOwnFile } from "../home/expectOwnFile.ts";
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
    expectOwnFile(path);
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      database.exec("BEGIN EXCLUSIVE");
      return new FolderLock(database);
    } catch {
      database.close();
      return null;
    }
  }

  release(): void {
    this.#database.close();
  }
}
