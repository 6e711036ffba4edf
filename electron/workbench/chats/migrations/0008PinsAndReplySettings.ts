import type { Migration } from "./Migration.ts";

/** Pinned chats, settings of each chat's replies, and pasted texts in drafts. */
export const pinsAndReplySettings: Migration = `
  ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE chats ADD COLUMN replySettings TEXT;
  ALTER TABLE chats ADD COLUMN pasted TEXT;
  ALTER TABLE newChat ADD COLUMN pasted TEXT;
  DROP INDEX IF EXISTS chatsShown;
  CREATE INDEX chatsShown ON chats (pinned DESC, updatedAt DESC, sequence DESC) WHERE hiddenBy IS NULL;
  `;
