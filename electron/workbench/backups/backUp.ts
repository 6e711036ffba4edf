import { randomUUID } from "node:crypto";
import { closeSync, openSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import type { BackupReason } from "../../contract/backups.ts";
import { Erasure } from "../chats/Erasure.ts";
import { findDamage } from "../chats/findDamage.ts";
import { inTransaction } from "../chats/openDatabase.ts";
import { StoreDamage } from "../chats/storeProblem.ts";
import { storeTables } from "../chats/storeTables.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { removeDatabase } from "../home/removeDatabase.ts";
import { syncFolderNow, syncPath } from "../home/syncPath.ts";
import { backupId, backupsFolder } from "./backupFiles.ts";

/**
 * Copies the store that is open as `source` to a new backup. It reads in one transaction and takes no write lock, so
 * others go on writing. What is being erased from the store is erased from the copy. The copy is there once every page
 * of it was read and it is on the disk; the earlier backups are not changed. Returns the new id. Throws SQLite's or the
 * file system's error.
 */
export function backUp(source: DatabaseSyncInstance, home: string, reason: BackupReason, now = new Date()): string {
  const folder = backupsFolder(home);
  makeOwnFolder(folder);
  const id = backupId(now, reason);
  const unfinished = join(folder, `${id}.${randomUUID()}.tmp`);
  // SQLite writes into an empty file that is there, which has our mode.
  closeSync(openSync(unfinished, "wx", 0o600));
  try {
    // The copy has it from its source. Without it, what is erased below would be left where SQLite has moved it from.
    source.exec("PRAGMA secure_delete=ON");
    source.prepare("VACUUM INTO ?").run(unfinished);
    eraseRest(unfinished);
    expectSound(unfinished);
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
function eraseRest(path: string): void {
  const copy = new DatabaseSync(path);
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
function expectSound(path: string): void {
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    const found = findDamage(copy);
    if (found !== null) throw new StoreDamage(`the backup: ${found}`);
  } finally {
    copy.close();
  }
}
