import type { Database } from "./openDatabase.ts";

/**
 * Reads every page of a database, and compares its indexes with the rows: a row that its index does not have is not found.
 * Returns what SQLite says of the first damage, or null. Throws SQLite's error.
 */
export function findDamage(database: Database): string | null {
  const found = String(database.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"]);
  return found === "ok" ? null : found;
}
