import type { Migration } from "./Migration.ts";

/** An edit of a message that was begun. */
export const edits: Migration = "ALTER TABLE chats ADD COLUMN edit TEXT";
