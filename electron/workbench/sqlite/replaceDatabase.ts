import { backup, DatabaseSync } from "@photostructure/sqlite";
import { EncryptedSqlite } from "./EncryptedSqlite.ts";
import type { Sqlite } from "./Sqlite.ts";
import type { StoreKey } from "./StoreKey.ts";

/** All of them, so that nothing is written in between. */
const pagesAtOnce = 2_000_000_000;

/**
 * Replaces all of the database at `path` by `source`, in one transaction. Both have the same key, or none. Other
 * connections may have it open. Rejects with SQLite's error; nothing is changed then.
 */
export async function replaceDatabase(path: string, source: Sqlite, key: StoreKey | null): Promise<void> {
  if (source instanceof EncryptedSqlite && key !== null) return await source.copyTo(path, key);
  if (!(source instanceof DatabaseSync)) throw new TypeError("a database of another kind");
  await backup(source, path, { rate: pagesAtOnce });
}
