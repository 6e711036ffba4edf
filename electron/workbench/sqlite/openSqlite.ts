import { DatabaseSync } from "@photostructure/sqlite";
import { EncryptedSqlite } from "./EncryptedSqlite.ts";
import type { Sqlite } from "./Sqlite.ts";
import type { StoreKey } from "./StoreKey.ts";
import { unchangingDatabase } from "./unchangingDatabase.ts";

export interface OpenSqliteOptions {
  /** The key of an encrypted database, or null if it is not encrypted. */
  key: StoreKey | null;
  readOnly?: boolean;
  /** How long a statement waits for another process, in milliseconds. */
  timeout?: number;
  /** Whether nothing writes to the database. SQLite then neither needs nor creates files beside it. */
  isUnchanging?: boolean;
}

/**
 * Opens a database file. Throws SQLite's own error. Most faults of an encrypted one, also a wrong key, are found by the
 * first statement that reads. Encrypted ones need Node 22, so they are opened only in the process of a `HostedWorker`.
 *
 * A process must not open the same file with and without a key: these are two copies of SQLite, and on POSIX systems a
 * copy that closes a file releases the locks of the other one.
 */
export function openSqlite(path: string, options: OpenSqliteOptions): Sqlite {
  const { key, readOnly = false, timeout = 0, isUnchanging = false } = options;
  if (key !== null) return new EncryptedSqlite(path, { key, readOnly, timeout, isUnchanging });
  return new DatabaseSync(isUnchanging ? unchangingDatabase(path) : path, { readOnly, timeout });
}
