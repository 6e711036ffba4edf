import type { Migration } from "./Migration.ts";

/**
 * Documents, their texts, and the messages and drafts that have them. An attachment without a message and a chat belongs
 * to the chat that the next message starts. A document without attachments is erased step by step.
 */
export const attachments: Migration = `
  CREATE TABLE documents (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    format TEXT NOT NULL,
    unit TEXT,
    name TEXT NOT NULL,
    title TEXT,
    parts INTEGER NOT NULL,
    chars INTEGER NOT NULL,
    sizeBytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;

  CREATE TABLE documentTexts (
    sequence INTEGER PRIMARY KEY,
    documentId TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    text TEXT NOT NULL,
    hash BLOB NOT NULL,
    erased INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX documentTextsByPart ON documentTexts (documentId, erased, part, sequence);

  CREATE TABLE attachments (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    documentId TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    messageId TEXT REFERENCES messages (id) ON DELETE CASCADE,
    chatId TEXT REFERENCES chats (id) ON DELETE CASCADE,
    use TEXT NOT NULL,
    pages TEXT,
    passages TEXT
  ) STRICT;
  CREATE INDEX attachmentsByMessage ON attachments (messageId);
  CREATE INDEX attachmentsByChat ON attachments (chatId);
  CREATE INDEX attachmentsByDocument ON attachments (documentId);
  `;
