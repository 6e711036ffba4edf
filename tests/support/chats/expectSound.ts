import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect } from "vitest";
import { isIntact } from "../../../electron/workbench/chats/messageRow.ts";

/** SQLite, the search index and the hash of each message find nothing wrong. */
export function expectSound(home: string): void {
  const raw = new DatabaseSync(join(home, "store", "chats.db"));
  expect(raw.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(raw.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
  raw.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
  const rows = raw.prepare("SELECT * FROM messages");
  rows.setReadBigInts(true);
  for (const row of rows.iterate()) expect(isIntact(row)).toBe(true);
  raw.close();
}
