import { existsSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { type BackupFile, listBackupFiles } from "../../backups/backupFiles.ts";
import { openCopy } from "../../backups/openCopy.ts";
import { type Problem, problemOf, toProblem, WorkbenchError } from "../../../contract/errors.ts";
import { databaseEndings } from "../../home/expectOwnDatabase.ts";
import { removeDatabase } from "../../home/removeDatabase.ts";
import { syncFolderNow, syncPath } from "../../home/syncPath.ts";
import type { StoreKey } from "../../sqlite/StoreKey.ts";
import { migrate } from "../migrations.ts";
import { type Database, openDatabase } from "../openDatabase.ts";
import { quarantine } from "../quarantine.ts";
import { isNotConverted } from "../storeProblem.ts";
import { type Merged, mergeRows } from "./mergeRows.ts";
import { salvageRows } from "./salvageRows.ts";

/** The store that is to replace a damaged one. Once it has this name, it is complete. */
const mended = (path: string): string => `${path}.mended`;
const unfinished = (path: string): string => `${path}.mending`;

/** Returns the paths at which a store is while it is being mended. */
export const mendingFiles = (path: string): string[] => [unfinished(path), mended(path)];

export interface DamagedStore {
  home: string;
  path: string;
  key: StoreKey | null;
}

/**
 * Replaces a damaged or missing store by one with what can be read of it and what the newest readable backup has, and moves
 * the damaged one to quarantine. Until the new one is complete, nothing is changed, and whenever the process is killed, the
 * next start goes on. Returns what to tell the user. Throws SQLite's or the file system's error, such as for a full disk.
 */
export function mendStore({ home, path, key }: DamagedStore, now: Date, cause: string): Problem {
  const isMissing = !existsSync(path);
  const found = salvageRows(path, key);
  removeDatabase(unfinished(path));
  const { database, backup } = openBase(home, unfinished(path), key);
  const merged = closing(database, () => mergeRows(database, found));
  syncPath(unfinished(path));
  renameSync(unfinished(path), mended(path));
  syncFolderNow(dirname(path));
  const folder = switchStores(path, now);
  const { restored, total, lostAt } = merged;
  const which = isMissing ? "missing" : outcome(merged, backup !== null);
  return problemOf(
    "store-corrupt",
    { case: which, folder, restored, total, lostAt, backupAt: backup?.madeAt ?? 0 },
    cause,
  );
}

/** Returns what became of a damaged store. */
function outcome({ restored, total, isSure }: Merged, hasBackup: boolean) {
  if (restored === 0) return "nothing";
  if (total > restored) return "mended";
  if (isSure) return "mendedAll";
  return hasBackup ? "fromBackup" : "readable";
}

/** Goes on with a replacement that was interrupted. Call before the store is opened. */
export function finishMending(path: string): void {
  if (existsSync(mended(path))) switchStores(path, new Date());
}

/** Returns the folder that the damaged store is in now. */
function switchStores(path: string, now: Date): string {
  const isThere = databaseEndings.some((ending) => existsSync(path + ending));
  const folder = isThere ? quarantine(path, now) : dirname(path);
  renameSync(mended(path), path);
  syncFolderNow(dirname(path));
  return folder;
}

/** Opens the newest backup that can be read, as a copy, or an empty store. */
function openBase(home: string, path: string, key: StoreKey | null): { database: Database; backup: BackupFile | null } {
  for (const backup of listBackupFiles(home)) {
    try {
      return { database: openCopy(home, backup.id, path, key), backup };
    } catch (error) {
      // The next one may be readable.
      const isUnreadable = error instanceof WorkbenchError && toProblem(error).code === "backup-not-restored";
      if (!isUnreadable && !isNotConverted(error)) throw error;
    }
  }
  const database = openDatabase(path, key);
  try {
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return { database, backup: null };
}

function closing<Result>(database: Database, work: () => Result): Result {
  try {
    return work();
  } finally {
    database.close();
  }
}
