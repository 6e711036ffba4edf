import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Database } from "../chats/openDatabase.ts";
import { storeFile } from "../chats/storeFile.ts";
import { removeDatabase } from "../home/removeDatabase.ts";
import { replaceDatabase } from "../sqlite/replaceDatabase.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { backupsFolder } from "./backupFiles.ts";
import { openCopy } from "./openCopy.ts";

/**
 * Replaces everything in the store that is open as `database` by a backup, in one transaction: whenever the process is
 * killed, the store is the old one or the restored one. Other processes may have it open. Rejects with
 * `backup-not-restored` or SQLite's error; nothing is changed then.
 */
export async function restoreBackup(
  { home, key }: { home: string; key: StoreKey | null },
  database: Database,
  backupId: string,
): Promise<void> {
  const path = join(backupsFolder(home), `${randomUUID()}.tmp`);
  const copy = openCopy(home, backupId, path, key);
  try {
    await replaceDatabase(storeFile(home, key), copy, key);
  } finally {
    copy.close();
    removeDatabase(path);
  }
  // It was written with SQLite's defaults; this waits until it is on the disk.
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}
