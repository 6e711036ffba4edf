import { closeSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { findDamage } from "../chats/findDamage.ts";
import { busyTimeoutMs } from "../chats/openDatabase.ts";
import { StoreDamage } from "../chats/storeProblem.ts";
import { removeDatabase } from "../home/removeDatabase.ts";
import { syncFolderNow, syncPath } from "../home/syncPath.ts";
import { EncryptedSqlite } from "../sqlite/EncryptedSqlite.ts";
import type { Sqlite } from "../sqlite/Sqlite.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";

export interface KeyedFile {
  path: string;
  key: StoreKey | null;
}

/**
 * Makes a copy of a database with another key, or without one, and puts it in the place of what is at the other path, once
 * it was compared with its source row by row and is on the disk. `unfinished` is where it is written. The source is not
 * changed, and nobody may write to it meanwhile. Throws `StoreDamage`, or SQLite's or the file system's error; the copy is
 * not there then.
 */
export function convertDatabase(from: KeyedFile, to: KeyedFile, unfinished: string): void {
  removeDatabase(unfinished);
  // SQLite writes into an empty file that is there, which has our mode.
  closeSync(openSync(unfinished, "wx", 0o600));
  try {
    const source = opened(from);
    try {
      // The copy has it from its source.
      source.exec("PRAGMA secure_delete=ON");
      source.writeInto(unfinished, to.key);
      const copy = opened({ path: unfinished, key: to.key });
      try {
        expectSame(source, copy);
      } finally {
        copy.close();
      }
    } finally {
      source.close();
    }
    syncPath(unfinished);
    removeDatabase(to.path);
    renameSync(unfinished, to.path);
    syncFolderNow(dirname(to.path));
  } catch (error) {
    removeDatabase(unfinished);
    throw error;
  }
}

/** Both by the same library, which can write into a file with another key. */
const opened = ({ path, key }: KeyedFile): EncryptedSqlite =>
  new EncryptedSqlite(path, { key, readOnly: false, timeout: busyTimeoutMs, isUnchanging: false });

/** Reads every page of the copy, and compares every row of every table. Throws `StoreDamage`. */
function expectSame(source: Sqlite, copy: Sqlite): void {
  const found = findDamage(copy);
  if (found !== null) throw new StoreDamage(`the copy: ${found}`);
  if (schemaOf(source) !== schemaOf(copy)) throw new StoreDamage("the copy has other tables");
  for (const table of tablesOf(source)) {
    const sql = `SELECT * FROM "${table.replaceAll('"', '""')}"`;
    const rows = rowsOf(copy, sql);
    for (const row of rowsOf(source, sql)) {
      const other = rows.next();
      if (other.done === true || !isSameRow(row, other.value)) throw new StoreDamage(`the copy differs in ${table}`);
    }
    if (rows.next().done !== true) throw new StoreDamage(`the copy has more in ${table}`);
  }
}

function* rowsOf(database: Sqlite, sql: string): Generator<Record<string, unknown>> {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  yield* statement.iterate();
}

/** Virtual tables are left out: what they hold is in tables of their own. */
const tablesOf = (database: Sqlite): string[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
    .all()
    .map(({ name }) => String(name));

const schemaOf = (database: Sqlite): string =>
  JSON.stringify([
    database.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all(),
    database.prepare("PRAGMA user_version").get(),
  ]);

function isSameRow(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  return Object.entries(one).every(([column, value]) => {
    const found = other[column];
    return value instanceof Uint8Array && found instanceof Uint8Array
      ? Buffer.compare(value, found) === 0
      : Object.is(value, found);
  });
}
