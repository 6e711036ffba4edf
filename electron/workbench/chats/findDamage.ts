import type { Database } from "./openDatabase.ts";

/** Reads every page of a database. Returns what SQLite says of the first damage, or null. Throws SQLite's error. */
export function findDamage(database: Database): string | null {
  const found = String(database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"]);
  return found === "ok" ? null : found;
}
