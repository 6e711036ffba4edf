import type { Migration } from "./Migration.ts";

/** What was chosen for the next new chat. */
export const beginnings: Migration = "ALTER TABLE newChat ADD COLUMN beginning TEXT";
