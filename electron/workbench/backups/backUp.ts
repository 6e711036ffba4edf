import { closeSync, openSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { BackupReason } from "../../contract/backups.ts";
import { Erasure } from "../chats/Erasure.ts";
import { findDamage } from "../chats/findDamage.ts";
import { inTransaction } from "../chats/openDatabase.ts";
import { StoreDamage } from "../chats/storeProblem.ts";
import { storeTables } from "../chats/storeTables.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { removeDatabase } from "../home/removeDatabase.ts";
import { syncFolderNow, syncPath } from "../home/syncPath.ts";
import { openSqlite } from "../sqlite/openSqlite.ts";
import type { Sqlite } from "../sqlite/Sqlite.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { backupId, backupsFolder, newUnfinishedBackup } from "./backupFiles.ts";

export interface BackUpOptions {
  home: string;
  /** The key of the store, and of the backup. */
  key: StoreKey | null;
  reason: BackupReason;
  now?: Date;
}

/**
 * Copies the store that is open as `source` to a new backup. It reads in one transaction and takes no write lock, so
 * others go on writing. What is being erased from the store is erased from the copy. The copy is there once every page
 * of it was read and it is on the disk; the earlier backups are not changed. Returns the new id. Throws SQLite's or the
 * file system's error.
 */
export function backUp(source: Sqlite, { home, key, reason, now = new Date() }: BackUpOptions): string {
  const folder = backupsFolder(home);
  makeOwnFolder(folder);
  const id = backupId(now, reason);
  const unfinished = newUnfinishedBackup(home, id);
  // SQLite writes into an empty file that is there, which has our mode.
  closeSync(openSync(unfinished, "wx", 0o600));
  try {
    // The copy has it from its source. Without it, what is erased below would be left where SQLite has moved it from.
    source.exec("PRAGMA secure_delete=ON");
    source.prepare("VACUUM INTO ?").run(unfinished);
    eraseRest(unfinished, key);
    expectSound(unfinished, key);
    syncPath(unfinished);
    renameSync(unfinished, join(folder, `${id}.db`));
    syncFolderNow(folder);
  } catch (error) {
    removeDatabase(unfinished);
    throw error;
  }
  return id;
}

/** Erases from the copy, all at once, what the store erases step by step. */
function eraseRest(path: string, key: StoreKey | null): void {
  const copy = openSqlite(path, { key });
  try {
    // In a file of its own, the journal would be another copy.
    copy.exec("PRAGMA journal_mode=MEMORY; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON");
    const erasure = new Erasure(storeTables(copy));
    while (erasure.isDue) inTransaction(copy, () => erasure.step());
  } finally {
    copy.close();
  }
}

/** Reads every page. Throws `StoreDamage`. */
function expectSound(path: string, key: StoreKey | null): void {
  const copy = openSqlite(path, { key, readOnly: true });
  try {
    const found = findDamage(copy);
    if (found !== null) throw new StoreDamage(`the backup: ${found}`);
  } finally {
    copy.close();
  }
}
