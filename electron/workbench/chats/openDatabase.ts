import { chmodSync, closeSync, constants, lstatSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { openSqlite } from "../sqlite/openSqlite.ts";
import type { Sqlite } from "../sqlite/Sqlite.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";

export type Database = Sqlite;

/** In older versions, two connections and a checkpoint can damage a WAL file (sqlite.org, "WAL-reset bug"). */
const oldestSafeVersion = "3.51.3";

/** Set at each open and read back. The value is what SQLite returns. */
const pragmas = [
  { name: "journal_mode", set: "WAL", answer: "wal" },
  { name: "synchronous", set: "FULL", answer: 2 },
  { name: "checkpoint_fullfsync", set: "1", answer: 1 },
  { name: "foreign_keys", set: "ON", answer: 1 },
  { name: "trusted_schema", set: "OFF", answer: 0 },
  { name: "mmap_size", set: "0", answer: 0 },
  { name: "secure_delete", set: "ON", answer: 1 },
] as const;

/** How long a statement waits for another process, in milliseconds. */
export const busyTimeoutMs = 3000;

/**
 * Opens the database so that it is durable and private: every commit is on disk when it returns (WAL,
 * synchronous=FULL), deleted text is overwritten, and only this user can read the file (0600 in a 0700 folder). Throws
 * SQLite's own error, or `store-failed` if the build or a setting is not as required. With a key, it is encrypted.
 */
export function openDatabase(path: string, key: StoreKey | null = null): Database {
  const folder = dirname(path);
  makeOwnFolder(folder);
  // A link may lead to a folder that others use too.
  if (!lstatSync(folder).isSymbolicLink()) chmodSync(folder, 0o700);
  // Created here because SQLite would use mode 0644. Its -wal and -shm files take the mode of this one.
  closeSync(openSync(path, constants.O_WRONLY | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600));
  chmodSync(path, 0o600);
  const database = openSqlite(path, { key, timeout: busyTimeoutMs });
  try {
    assertVersion(database);
    for (const { name, set, answer } of pragmas) {
      database.exec(`PRAGMA ${name}=${set}`);
      assertPragma(database, name, name, answer);
    }
    assertPragma(database, "busy_timeout", "timeout", busyTimeoutMs);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Throws `store-failed` if a setting is not as required. */
export function assertPragma(database: Database, name: string, column: string, answer: string | number): void {
  const found: unknown = database.prepare(`PRAGMA ${name}`).get()?.[column];
  if (found !== answer) {
    throw new WorkbenchError("store-failed", undefined, `PRAGMA ${name} is ${String(found)}, not ${answer}`);
  }
}

function assertVersion(database: Database): void {
  const version = String(database.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  const isSafe = version.localeCompare(oldestSafeVersion, "en", { numeric: true }) >= 0;
  if (!isSafe) throw new WorkbenchError("store-failed", undefined, `SQLite ${version} is too old`);
}

/** After how many pages of the log SQLite writes them to the database by itself. 1,000 is its own choice. */
const pagesOfLog = { usual: 1000, manyPages: 8000 } as const;

/**
 * Sets how often the log is written to the database. Where very many rows are stored, `manyPages` writes each page of an
 * index seldom, and each time takes longer.
 */
export function checkpointEvery(database: Database, after: keyof typeof pagesOfLog): void {
  database.exec(`PRAGMA wal_autocheckpoint=${pagesOfLog[after]}`);
}

/** Runs `work` in one transaction that takes the write lock at once: either all of it is on disk, or none. */
export function inTransaction<Result>(database: Database, work: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk may already have rolled back the transaction.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
