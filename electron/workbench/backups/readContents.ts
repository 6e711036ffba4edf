import type { BackupContents } from "../../contract/backups.ts";
import { openSqlite } from "../sqlite/openSqlite.ts";
import type { Sqlite } from "../sqlite/Sqlite.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";

/** Opens a backup for reading, without SQLite's files beside it. */
export function openBackup(path: string, key: StoreKey | null): Sqlite {
  return openSqlite(path, { key, readOnly: true, isUnchanging: true });
}

/** Returns what a backup holds, without hidden chats, or null if it cannot be read. */
export function readContents(path: string, key: StoreKey | null): BackupContents | null {
  let database: Sqlite | null = null;
  try {
    database = openBackup(path, key);
    const chats = database.prepare("SELECT count(*) AS count FROM chats WHERE hiddenBy IS NULL").get()?.["count"];
    const row = database.prepare("SELECT count(*) AS count, max(sequence) AS last FROM messages").get();
    const newest = database
      .prepare("SELECT createdAt FROM messages WHERE sequence = ?")
      .get(Number(row?.["last"] ?? -1));
    return {
      chats: Number(chats),
      messages: Number(row?.["count"]),
      newestAt: newest === undefined ? null : Number(newest["createdAt"]),
    };
  } catch {
    return null;
  } finally {
    database?.close();
  }
}
