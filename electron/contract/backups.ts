import { z } from "zod";
import { call } from "./call.ts";

/**
 * Why a backup was made: at the first change of a day, on request, before the store was changed for a newer version of the
 * app, or before another backup was restored.
 */
export const backupReasons = ["day", "asked", "migration", "restore"] as const;
export type BackupReason = (typeof backupReasons)[number];

/** What a backup holds. */
export interface BackupContents {
  chats: number;
  messages: number;
  /** When the newest message was written, in milliseconds, or null if there is none. */
  newestAt: number | null;
}

export interface Backup {
  id: string;
  madeAt: number;
  reason: BackupReason;
  sizeBytes: number;
  /** Null if the file cannot be read. */
  contents: BackupContents | null;
}

export interface BackupList {
  /** Newest first. */
  backups: Backup[];
  /** When the last one of them will have been deleted, in milliseconds; null if there are none. */
  goneBy: number | null;
}

/** A day that is not today keeps one backup for so many days. */
export const backupDays = 30;

const backupId = z.string().min(1).max(64);

export const backupsCalls = {
  "backups.list": call<BackupList>()(z.object({})),
  /** Makes one now. */
  "backups.make": call<BackupList>()(z.object({})),
  /** Replaces all chats by those of a backup. What there was is backed up first, and can be restored in the same way. */
  "backups.restore": call<BackupList>()(z.object({ backupId })),
  "backups.deleteAll": call<BackupList>()(z.object({})),
};
