import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DatabaseSync } from "@photostructure/sqlite";

const folder = new URL("./stores/", import.meta.url);

/** The names of stores as each state of main wrote them that changed the schema. All have the same chats. */
export const earlierStores: readonly string[] = readdirSync(folder).toSorted();

/** Returns the schema of the store with this name. */
export const schemaIn = (name: string): number => Number(/^schema(\d+)-/.exec(name)?.[1]);

/** Puts an earlier store into a home, changed by `change`. Returns its path. */
export function putEarlierStore(home: string, name: string, change = (bytes: Buffer): Buffer => bytes): string {
  mkdirSync(join(home, "store"), { recursive: true });
  const path = join(home, "store", "chats.db");
  writeFileSync(path, change(gunzipSync(readFileSync(new URL(name, folder)))), { mode: 0o600 });
  return path;
}

/** Puts an earlier store into a home that has, instead of its chats, the rows of some files beside this one. Returns its path. */
export function putEarlierRows(home: string, schema: number, ...files: readonly string[]): string {
  const name = earlierStores.find((each) => schemaIn(each) === schema);
  if (name === undefined) throw new Error(`no store of schema ${schema}`);
  const path = putEarlierStore(home, name);
  const store = new DatabaseSync(path);
  try {
    store.exec("PRAGMA foreign_keys = ON; DELETE FROM chats; DELETE FROM newChat");
    for (const file of files) store.exec(readFileSync(new URL(file, import.meta.url), "utf8"));
  } finally {
    store.close();
  }
  return path;
}
