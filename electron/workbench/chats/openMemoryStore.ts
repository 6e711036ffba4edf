import { randomUUID } from "node:crypto";
import { DatabaseSync } from "@photostructure/sqlite";
import { temporaryPrefix } from "../../contract/isTemporary.ts";
import { migrate } from "./migrations.ts";
import { assertPragma } from "./openDatabase.ts";
import type { OpenedStore } from "./openStore.ts";
import { storeTables } from "./storeTables.ts";

/**
 * Opens a store for temporary chats. It is gone once the process ends, and SQLite writes no file for it: the database and
 * its journal are in memory, and so is what SQLite sets aside while it sorts (`temp_store`).
 */
export function openMemoryStore(): OpenedStore {
  const database = new DatabaseSync(":memory:");
  try {
    database.exec(
      "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON",
    );
    assertPragma(database, "temp_store", "temp_store", 2);
    assertPragma(database, "journal_mode", "journal_mode", "memory");
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const token = randomUUID();
  return {
    ...storeTables(database, temporaryPrefix),
    owner: { token, isAlive: (other) => other === token, release: () => undefined },
    readOnly: null,
    notice: null,
  };
}
