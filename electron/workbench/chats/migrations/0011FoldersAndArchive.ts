import type { Migration } from "./Migration.ts";

/** Folders of chats, and chats that are archived. Names are stored as JSON, as titles are. */
export const foldersAndArchive: Migration = `
  CREATE TABLE folders (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    createdAt INTEGER NOT NULL
  ) STRICT;
  ALTER TABLE chats ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE chats ADD COLUMN folderId TEXT REFERENCES folders (id) ON DELETE SET NULL;
  CREATE INDEX chatsInFolder ON chats (folderId, pinned DESC, updatedAt DESC, sequence DESC)
    WHERE hiddenBy IS NULL AND archived = 0;
  CREATE INDEX chatsArchived ON chats (pinned DESC, updatedAt DESC, sequence DESC)
    WHERE hiddenBy IS NULL AND archived <> 0;
  CREATE INDEX chatsByFolder ON chats (folderId) WHERE folderId IS NOT NULL;
  `;
