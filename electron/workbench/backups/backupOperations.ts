import type { BackupShelf } from "./BackupShelf.ts";

/**
 * The operations of the thread that makes and reads backups. Each rejects with `disk-full`, `file-blocked`,
 * `store-read-only` or `store-failed`.
 */
export type BackupWorkerOperations = Pick<
  BackupShelf,
  "make" | "countDamaged" | "list" | "prune" | "deleteAll" | "close"
>;
