import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { backup } from "@photostructure/sqlite";
import type { Database } from "../chats/openDatabase.ts";
import { storeFile } from "../chats/storeFile.ts";
import { removeDatabase } from "../home/removeDatabase.ts";
import { backupsFolder } from "./backupFiles.ts";
import { openCopy } from "./openCopy.ts";

/** All of them, so that nothing is written in between. */
const pagesAtOnce = 2_000_000_000;

/**
 * Replaces everything in the store that is open as `database` by a backup, in one transaction: whenever the process is
 * killed, the store is the old one or the restored one. Other processes may have it open. Rejects with
 * `backup-not-restored` or SQLite's error; nothing is changed then.
 */
export async function restoreBackup(home: string, database: Database, backupId: string): Promise<void> {
  const path = join(backupsFolder(home), `${randomUUID()}.tmp`);
  const copy = openCopy(home, backupId, path);
  try {
    await backup(copy, storeFile(home), { rate: pagesAtOnce });
  } finally {
    copy.close();
    removeDatabase(path);
  }
  // It was written with SQLite's defaults; this waits until it is on the disk.
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}
