import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type FactsByCode, WorkbenchError, type Problem } from "../../contract/errors.ts";
import { backUp } from "../backups/backUp.ts";
import { deleteBackup, listBackupFiles, pruneBackups } from "../backups/backupFiles.ts";
import { expectOwnDatabase } from "../home/expectOwnDatabase.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { openSqlite } from "../sqlite/openSqlite.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import type { ChatTable } from "./ChatTable.ts";
import { findDamage } from "./findDamage.ts";
import type { MessageTable } from "./MessageTable.ts";
import { migrate, newestSchema, schemaOf } from "./migrations.ts";
import { busyTimeoutMs, inTransaction, openDatabase, type Database } from "./openDatabase.ts";
import { isKeyOf } from "./salvage/isKeyOf.ts";
import { finishMending, mendStore } from "./salvage/mendStore.ts";
import { type ReplyOwner, StoreOwner, forgetOwner, listOwners } from "./StoreOwner.ts";
import { storeFile } from "./storeFile.ts";
import { isDamageAtOpening, StoreDamage, whyNotWritable } from "./storeProblem.ts";
import { type StoreTables, storeTables } from "./storeTables.ts";

export interface OpenedStore extends StoreTables {
  owner: ReplyOwner;
  /** Why nothing can be written, or null. */
  readOnly: FactsByCode["store-read-only"]["case"] | null;
  /** What was restored, if the store was damaged or missing. */
  notice: Problem | null;
}

export interface OpenStoreOptions {
  /** The key of the store, if it is encrypted. */
  key?: StoreKey | null;
  /** Whether every page is read first. */
  examine?: boolean;
  /** Called before a damaged store is mended, which can take a while. */
  onMending?: () => void;
}

/**
 * Opens the chat store in `<home>/store`. Replies of processes that died become `interrupted`, and chats that those had
 * hidden are marked to be erased. A damaged store is mended (see `mendStore`); one that another process uses is not: then
 * this throws `store-corrupt`. A store that cannot be written is opened for reading. Throws `store-newer`, `file-blocked`,
 * `chat-lock-unreadable` or SQLite's own error too; nothing is changed then.
 */
export function openStore(home: string, options: OpenStoreOptions = {}): OpenedStore {
  try {
    return openWritable(home, options);
  } catch (error) {
    const why = whyNotWritable(error);
    const { key = null } = options;
    const path = storeFile(home, key);
    if (why === null || !existsSync(path)) throw error;
    return {
      ...storeTables(openReadOnly(path, key, error)),
      owner: new StoreOwner(join(home, "store", "owners"), true),
      readOnly: why,
      notice: null,
    };
  }
}

/** Opens a store that cannot be written, for reading. Throws `error` if that is not possible either. */
function openReadOnly(path: string, key: StoreKey | null, error: unknown): Database {
  let database: Database | null = null;
  try {
    const hasLog = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
    database = openSqlite(path, { key, readOnly: true, isUnchanging: !hasLog, timeout: busyTimeoutMs });
    if (schemaOf(database) === newestSchema) return database;
  } catch {
    // The error that made it necessary says more.
  }
  database?.close();
  throw error;
}

function openWritable(home: string, { key = null, examine = false, onMending }: OpenStoreOptions): OpenedStore {
  const folder = join(home, "store");
  const path = storeFile(home, key);
  const ownersFolder = join(folder, "owners");
  makeOwnFolder(ownersFolder);
  expectOwnDatabase(path);
  // SQLite's own error for a read-only disk says only that the file cannot be opened.
  for (const each of [folder, path]) if (existsSync(each)) accessSync(each, constants.W_OK);
  const before = listOwners(ownersFolder);
  const isInUse = before.alive.length > 0;
  if (!isInUse) finishMending(path);
  let notice: Problem | null = null;
  const mend = (cause: string): Database => {
    if (isInUse) throw new WorkbenchError("store-corrupt", { case: "inUse" }, cause);
    // It would be moved away, and an empty one made.
    if (key !== null && existsSync(path) && !isKeyOf(path, key)) {
      throw new WorkbenchError("chat-lock-unreadable", { case: "otherKey" }, cause);
    }
    onMending?.();
    notice = mendStore({ home, path, key }, new Date(), cause);
    return openChecked(home, path, key, true);
  };
  let database: Database;
  try {
    const isGone = !existsSync(path) && listBackupFiles(home).length > 0;
    database = isGone ? mend("chats.db is missing") : openChecked(home, path, key, examine || before.dead.length > 0);
  } catch (error) {
    if (!isDamageAtOpening(error) || notice !== null) throw error;
    database = mend(String(error));
  }
  const tables = storeTables(database);
  try {
    const owner = inTransaction(database, () => {
      const ours = new StoreOwner(ownersFolder);
      endOrphans(tables.chats, tables.messages, ours);
      tables.folders.mend();
      return ours;
    });
    for (const token of before.dead) forgetOwner(ownersFolder, token);
    return { ...tables, owner, readOnly: null, notice };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Ends the replies of processes that are no longer running. Call inside a write transaction. */
export function interruptOrphans(messages: MessageTable, owner: ReplyOwner): void {
  for (const { id, owner: token } of messages.streaming()) if (!owner.isAlive(token)) messages.interrupt(id);
}

/** Ends what processes that are no longer running have begun. Call inside a write transaction. */
export function endOrphans(chats: ChatTable, messages: MessageTable, owner: ReplyOwner): void {
  interruptOrphans(messages, owner);
  chats.showHiddenByNobody();
  for (const token of chats.owners()) if (!owner.isAlive(token)) chats.doomHiddenBy(token);
}

function openChecked(home: string, path: string, key: StoreKey | null, uncleanEnd: boolean): Database {
  refuseNewer(path, key);
  const database = openDatabase(path, key);
  try {
    const schema = schemaOf(database);
    const isOlder = schema > 0 && schema < newestSchema;
    const backup = isOlder ? backUp(database, { home, key, reason: "migration" }) : null;
    try {
      migrate(database);
    } catch (error) {
      // Otherwise each try would leave another one, and earlier ones would be deleted to make room for it.
      if (backup !== null && !isDamageAtOpening(error)) deleteBackup(home, backup);
      throw error;
    }
    if (backup !== null) pruneBackups(home, Date.now());
    if (uncleanEnd) checkWhole(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Checks through a read-only connection first, so that a newer app's file is not even checkpointed. A file with a hot
 * rollback journal is consistent only after SQLite has rolled it back, which needs write access.
 */
function refuseNewer(path: string, key: StoreKey | null): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const database = openSqlite(path, { key, readOnly: !existsSync(`${path}-journal`), timeout: busyTimeoutMs });
  try {
    const schema = schemaOf(database);
    if (schema > newestSchema) {
      throw new WorkbenchError("store-newer", undefined, `schema ${schema}, known up to ${newestSchema}`);
    }
  } finally {
    database.close();
  }
}

/** Reads every page. If only indexes are damaged, builds them again from the rows. Throws `StoreDamage`. */
function checkWhole(database: Database): void {
  const found = findDamage(database);
  if (found === null) return;
  if (isStructureSound(database)) return indexAgain(database, found);
  database.exec("INSERT INTO messageSearch (messageSearch) VALUES ('rebuild')");
  if (findDamage(database) !== null) throw new StoreDamage(found);
}

/** Whether every page belongs to what leads to it, so that an index can be replaced without touching anything else. */
const isStructureSound = (database: Database): boolean =>
  database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"] === "ok";

/** Builds all indexes again, unless it is a row that is damaged: then others belong to none, and nothing is changed. */
function indexAgain(database: Database, found: string): void {
  inTransaction(database, () => {
    database.exec("REINDEX");
    const isSound = findDamage(database) === null && database.prepare("PRAGMA foreign_key_check").get() === undefined;
    if (!isSound) throw new StoreDamage(found);
  });
}
