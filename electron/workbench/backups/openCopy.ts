import { copyFileSync } from "node:fs";
import { type FactsByCode, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { findDamage } from "../chats/findDamage.ts";
import { migrate, newestSchema, schemaOf } from "../chats/migrations.ts";
import { type Database, openDatabase } from "../chats/openDatabase.ts";
import { isDamageAtOpening } from "../chats/storeProblem.ts";
import { removeDatabase } from "../home/removeDatabase.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { listBackupFiles } from "./backupFiles.ts";

/**
 * Copies a backup to `path`, examines the copy and migrates it to the newest schema. Returns it open; the caller closes it
 * and removes what is not needed. Throws `backup-not-restored` if the backup is gone, damaged or from a newer app, or the
 * file system's error; nothing is left then.
 */
export function openCopy(home: string, backupId: string, path: string, key: StoreKey | null): Database {
  const file = listBackupFiles(home).find(({ id }) => id === backupId);
  if (file === undefined) throw refusal("gone");
  let database: Database | null = null;
  try {
    copyFileSync(file.path, path);
    database = openDatabase(path, key);
    if (schemaOf(database) > newestSchema) throw refusal("newer");
    // Without a schema it is an empty file, or another program's.
    if (findDamage(database) !== null || schemaOf(database) === 0) throw refusal("damaged");
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    removeDatabase(path);
    throw isDamageAtOpening(error) ? refusal("damaged", toProblem(error).detail) : error;
  }
}

const refusal = (which: FactsByCode["backup-not-restored"]["case"], detail?: string): WorkbenchError =>
  new WorkbenchError("backup-not-restored", { case: which }, detail);
