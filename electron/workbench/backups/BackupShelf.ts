import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BackupContents, BackupList, BackupReason } from "../../contract/backups.ts";
import { findDamage } from "../chats/findDamage.ts";
import { isIntact } from "../chats/messageRow.ts";
import { busyTimeoutMs } from "../chats/openDatabase.ts";
import { storeFile } from "../chats/storeFile.ts";
import { StoreDamage } from "../chats/storeProblem.ts";
import { expectOwnDatabase } from "../home/expectOwnDatabase.ts";
import { namesIn } from "../home/namesIn.ts";
import { removeDatabase } from "../home/removeDatabase.ts";
import { openSqlite } from "../sqlite/openSqlite.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { backUp } from "./backUp.ts";
import { backupsFolder, goneBy, listBackupFiles, pruneBackups, unfinishedBackup } from "./backupFiles.ts";
import { openBackup, readContents } from "./readContents.ts";

/** The backups of one home folder. Synchronous, because it runs in a worker thread of its own. */
export class BackupShelf {
  readonly #home: string;
  readonly #key: StoreKey | null;
  /** A backup never changes. */
  readonly #contents = new Map<string, BackupContents | null>();

  /** `key` is the one of the store. */
  constructor(home: string, key: StoreKey | null = null) {
    this.#home = home;
    this.#key = key;
  }

  /** Makes a backup. Returns its id, or null if there are no chats yet. Throws SQLite's or the file system's error. */
  make({ reason }: { reason: BackupReason }): string | null {
    const path = storeFile(this.#home, this.#key);
    expectOwnDatabase(path);
    if (!existsSync(path)) return null;
    const source = openSqlite(path, { key: this.#key, readOnly: true, timeout: busyTimeoutMs });
    try {
      // In the copy, the indexes are new.
      const found = findDamage(source);
      if (found !== null) throw new StoreDamage(found);
      return backUp(source, { home: this.#home, key: this.#key, reason });
    } finally {
      source.close();
    }
  }

  /** Returns how many messages of a backup are not as they were written. Throws SQLite's error. */
  countDamaged({ backupId }: { backupId: string }): number {
    const file = listBackupFiles(this.#home).find(({ id }) => id === backupId);
    if (file === undefined) return 0;
    const database = openBackup(file.path, this.#key);
    try {
      const rows = database.prepare("SELECT * FROM messages");
      rows.setReadBigInts(true);
      let damaged = 0;
      for (const row of rows.iterate()) if (!isIntact(row)) damaged++;
      return damaged;
    } finally {
      database.close();
    }
  }

  /** Deletes what is no longer kept. */
  prune(): null {
    pruneBackups(this.#home, Date.now());
    return null;
  }

  list(): BackupList {
    const files = listBackupFiles(this.#home);
    const backups = files.map(({ path, ...file }) => {
      const key = `${file.id} ${file.sizeBytes}`;
      if (!this.#contents.has(key)) this.#contents.set(key, readContents(path, this.#key));
      return { ...file, contents: this.#contents.get(key) ?? null };
    });
    return { backups, goneBy: goneBy(files) };
  }

  /** Deletes all backups, and what is left of ones that were not finished. */
  deleteAll(): null {
    for (const { path } of listBackupFiles(this.#home)) removeDatabase(path);
    const folder = backupsFolder(this.#home);
    for (const name of namesIn(folder)) if (unfinishedBackup.test(name)) rmSync(join(folder, name), { force: true });
    this.#contents.clear();
    return null;
  }

  close(): null {
    return null;
  }
}
