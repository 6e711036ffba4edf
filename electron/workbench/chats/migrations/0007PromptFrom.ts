import type { Migration } from "./Migration.ts";

/** Where the prompt of a chat begins. */
export const promptFrom: Migration = "ALTER TABLE chats ADD COLUMN promptFrom TEXT";
