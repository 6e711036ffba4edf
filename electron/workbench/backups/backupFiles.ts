import { randomUUID } from "node:crypto";
import { lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backupDays, type BackupReason, backupReasons } from "../../contract/backups.ts";
import { namesIn } from "../home/namesIn.ts";

export interface BackupFile {
  id: string;
  path: string;
  madeAt: number;
  reason: BackupReason;
  sizeBytes: number;
}

const dayMs = 86_400_000;
const mostOfToday = 3;
const mostAtAll = 10;
/** A file that a process left behind when it was killed is older than any backup takes. */
const leftBehindMs = 3_600_000;

const name = new RegExp(
  `^(\\d{4}-\\d\\d-\\d\\dT)(\\d\\d)-(\\d\\d)-(\\d\\d\\.\\d{3}Z)-(${backupReasons.join("|")})\\.db$`,
);
export const unfinishedBackup = /\.tmp(-wal|-shm|-journal)?$/;

/** Outside the store's folder, so that what damages one does not reach the other as easily. */
export const backupsFolder = (home: string): string => join(home, "backups");

/** Returns the id of a backup that is made at this time. */
export const backupId = (madeAt: Date, reason: BackupReason): string =>
  `${madeAt.toISOString().replaceAll(":", "-")}-${reason}`;

/** Returns the path at which a backup is written. A file that is left behind there is deleted later. */
export const newUnfinishedBackup = (home: string, id: string): string =>
  join(backupsFolder(home), `${id}.${randomUUID()}.tmp`);

/** Returns the backups, newest first. Whatever else is in the folder, such as a link, is left out. */
export function listBackupFiles(home: string): BackupFile[] {
  const folder = backupsFolder(home);
  return namesIn(folder)
    .flatMap((fileName): BackupFile[] => {
      const [, day, hour, minute, second, reason] = name.exec(fileName) ?? [];
      const madeAt = Date.parse(`${day}${hour}:${minute}:${second}`);
      const path = join(folder, fileName);
      const found = lstatSync(path, { throwIfNoEntry: false });
      const known = backupReasons.find((each) => each === reason);
      if (known === undefined || Number.isNaN(madeAt) || found?.isFile() !== true) return [];
      return [{ id: fileName.slice(0, -".db".length), path, madeAt, reason: known, sizeBytes: found.size }];
    })
    .toSorted((one, other) => other.madeAt - one.madeAt);
}

/** Returns the paths of databases that a backup or a restoration writes, or has left behind, perhaps only parts of them. */
export function unfinishedBackups(home: string): string[] {
  const names = namesIn(backupsFolder(home)).filter((each) => unfinishedBackup.test(each));
  const paths = new Set(names.map((each) => join(backupsFolder(home), each.replace(unfinishedBackup, ".tmp"))));
  return [...paths].filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() !== false);
}

/**
 * Returns the backups that are no longer kept: of today all but the newest three, of each earlier day all but the newest,
 * all but the newest ten, and what is older than thirty days. `files` are sorted, newest first; the newest one is kept.
 */
export function expiredBackups(files: readonly BackupFile[], now: number): BackupFile[] {
  const ofDay = new Map<string, number>();
  const today = new Date(now).toDateString();
  let kept = 0;
  return files.filter(({ madeAt }, index) => {
    const day = new Date(madeAt).toDateString();
    const others = ofDay.get(day) ?? 0;
    ofDay.set(day, others + 1);
    const isKept =
      index === 0 ||
      (others < (day === today ? mostOfToday : 1) && kept < mostAtAll && now - madeAt < backupDays * dayMs);
    if (isKept) kept++;
    return !isKept;
  });
}

/** Deletes a backup. Does nothing if it is gone. */
export const deleteBackup = (home: string, id: string): void =>
  rmSync(join(backupsFolder(home), `${id}.db`), { force: true });

/** Deletes the backups that are no longer kept, and files that were left behind. */
export function pruneBackups(home: string, now: number): void {
  for (const { path } of expiredBackups(listBackupFiles(home), now)) rmSync(path, { force: true });
  const folder = backupsFolder(home);
  for (const fileName of namesIn(folder).filter((each) => unfinishedBackup.test(each))) {
    const found = lstatSync(join(folder, fileName), { throwIfNoEntry: false });
    if (found?.isFile() === true && now - found.mtimeMs > leftBehindMs) rmSync(join(folder, fileName), { force: true });
  }
}

/** Returns when the last of these backups will have been deleted, if a newer one is made by then. */
export const goneBy = (files: readonly BackupFile[]): number | null =>
  files[0] === undefined ? null : files[0].madeAt + backupDays * dayMs;

/** Returns whether one of these backups is so old that it should be deleted, for which there must be a newer one. */
export const isOverdue = (files: readonly { madeAt: number }[], now: number): boolean =>
  files.some(({ madeAt }) => now - madeAt >= backupDays * dayMs);
