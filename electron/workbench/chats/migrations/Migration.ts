import type { Database } from "../openDatabase.ts";

/** Migrates the schema to the next number: SQL, or a function. Runs in one transaction. */
export type Migration = string | ((database: Database) => void);
