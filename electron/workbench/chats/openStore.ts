import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { WorkbenchError, type Problem } from "../../contract/errors.ts";
import { backUp } from "../backups/backUp.ts";
import { expectOwnDatabase } from "../home/expectOwnDatabase.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { ChatTable } from "./ChatTable.ts";
import { eraseChat } from "./eraseChat.ts";
import { MessageSearch } from "./MessageSearch.ts";
import { MessageTable } from "./MessageTable.ts";
import { migrate, newestSchema, schemaOf } from "./migrations.ts";
import { inTransaction, openDatabase, type Database } from "./openDatabase.ts";
import { quarantine } from "./quarantine.ts";
import { Statements } from "./Statements.ts";
import { type ReplyOwner, StoreOwner, forgetOwner, listOwners } from "./StoreOwner.ts";
import { StoreDamage, isDamage } from "./storeProblem.ts";

export interface OpenedStore {
  database: Database;
  chats: ChatTable;
  messages: MessageTable;
  search: MessageSearch;
  owner: ReplyOwner;
  /** Set if the store was damaged and a new one was created. */
  notice: Problem | null;
}

/**
 * Opens the chat store in `<home>/store`. Replies of processes that died become `interrupted`, and chats that those had
 * hidden are erased. A damaged store is moved aside whole and a new one is created, unless it is in use elsewhere.
 * Throws `store-newer`, `store-corrupt`, `file-blocked` or SQLite's own error; nothing is changed then.
 */
export function openStore(home: string): OpenedStore {
  const folder = join(home, "store");
  const path = join(folder, "chats.db");
  const ownersFolder = join(folder, "owners");
  makeOwnFolder(ownersFolder);
  expectOwnDatabase(path);
  const before = listOwners(ownersFolder);
  const uncleanEnd = before.dead.length > 0;
  let notice: Problem | null = null;
  let database: Database;
  try {
    database = openChecked(home, path, uncleanEnd);
  } catch (error) {
    if (!isDamage(error)) throw error;
    if (before.alive.length > 0) {
      throw new WorkbenchError("store-corrupt", { case: "inUse" });
    }
    const shelf = quarantine(path, new Date());
    notice = {
      code: "store-corrupt",
      facts: { case: "setAside", folder: shelf },
      detail: String(error),
    };
    database = openChecked(home, path, false);
  }
  const statements = new Statements(database);
  const chats = new ChatTable(statements);
  const messages = new MessageTable(statements);
  try {
    const owner = inTransaction(database, () => {
      const ours = new StoreOwner(ownersFolder);
      interruptOrphans(messages, ours);
      chats.showHiddenByNobody();
      for (const { id, hiddenBy } of chats.hidden()) if (!ours.isAlive(hiddenBy)) eraseChat(chats, messages, id);
      return ours;
    });
    for (const token of before.dead) forgetOwner(ownersFolder, token);
    return { database, chats, messages, search: new MessageSearch(statements), owner, notice };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Ends the replies of processes that are no longer running. Call inside a write transaction. */
export function interruptOrphans(messages: MessageTable, owner: ReplyOwner): void {
  for (const { id, owner: token } of messages.streaming()) if (!owner.isAlive(token)) messages.interrupt(id);
}

function openChecked(home: string, path: string, uncleanEnd: boolean): Database {
  refuseNewer(path);
  const database = openDatabase(path);
  try {
    const schema = schemaOf(database);
    if (schema > 0 && schema < newestSchema) backUp(database, home, "migration");
    migrate(database);
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
function refuseNewer(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const database = new DatabaseSync(path, { readOnly: !existsSync(`${path}-journal`), timeout: 3000 });
  try {
    const schema = schemaOf(database);
    if (schema > newestSchema) {
      throw new WorkbenchError("store-newer", undefined, `schema ${schema}, known up to ${newestSchema}`);
    }
  } finally {
    database.close();
  }
}

/** Reads every page. If only the search index is damaged, rebuilds it from the messages. */
function checkWhole(database: Database): void {
  if (isSound(database)) return;
  database.exec("INSERT INTO messageSearch (messageSearch) VALUES ('rebuild')");
  if (!isSound(database)) throw new StoreDamage("quick_check found damage");
}

function isSound(database: Database): boolean {
  return database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"] === "ok";
}
