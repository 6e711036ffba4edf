import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import type { BackupContents } from "../../contract/backups.ts";
import { unchangingDatabase } from "../home/unchangingDatabase.ts";

/** Opens a backup for reading, without SQLite's files beside it. */
export function openBackup(path: string): DatabaseSyncInstance {
  return new DatabaseSync(unchangingDatabase(path), { readOnly: true });
}

/** Returns what a backup holds, without hidden chats, or null if it cannot be read. */
export function readContents(path: string): BackupContents | null {
  let database: DatabaseSyncInstance | null = null;
  try {
    database = openBackup(path);
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
