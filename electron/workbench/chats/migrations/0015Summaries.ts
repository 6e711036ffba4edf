import type { Migration } from "./Migration.ts";

/** Summaries of a message and those above it, as JSON: see `EarlierSummary`. */
export const summaries: Migration = "ALTER TABLE messages ADD COLUMN summary TEXT";
