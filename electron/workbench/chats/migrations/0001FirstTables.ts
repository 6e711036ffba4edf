import type { Migration } from "./Migration.ts";

/**
 * Text that a user or a model wrote is stored as JSON, because SQLite's C strings end at a NUL. `pieces` is the journal of
 * a reply that is being written; it is merged into the message when the reply ends. The search index covers ended
 * messages only, so that a growing reply is not reindexed with each piece.
 */
export const firstTables: Migration = `
  CREATE TABLE chats (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    titledBy TEXT NOT NULL CHECK (titledBy IN ('nobody', 'message', 'user')),
    createdAt INTEGER NOT NULL,
    updatedAt INTEGER NOT NULL,
    draft TEXT NOT NULL,
    thinking TEXT NOT NULL,
    systemPrompt TEXT NOT NULL,
    modelId TEXT,
    leafId TEXT,
    hiddenBy TEXT
  ) STRICT;
  CREATE INDEX chatsByAge ON chats (updatedAt DESC);

  CREATE TABLE messages (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    chatId TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parentId TEXT REFERENCES messages (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    createdAt INTEGER NOT NULL,
    text TEXT NOT NULL,
    thought TEXT,
    state TEXT NOT NULL CHECK (state IN ('streaming', 'done', 'stopped', 'failed', 'interrupted')),
    model TEXT,
    stats TEXT,
    problem TEXT,
    owner TEXT,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE INDEX messagesByParent ON messages (chatId, parentId);
  CREATE INDEX messagesByParentOnly ON messages (parentId);
  CREATE INDEX messagesStreaming ON messages (owner) WHERE state = 'streaming';

  CREATE TABLE pieces (
    sequence INTEGER PRIMARY KEY,
    messageId TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('thought', 'answer')),
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX piecesByMessage ON pieces (messageId);

  CREATE VIEW searchableMessages (sequence, words) AS
    SELECT sequence, json_extract(text, '$') FROM messages WHERE state <> 'streaming';
  CREATE VIRTUAL TABLE messageSearch USING fts5 (
    words, content = 'searchableMessages', content_rowid = 'sequence', tokenize = 'trigram'
  );
  INSERT INTO messageSearch (messageSearch, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER messageAdded AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (rowid, words) VALUES (new.sequence, json_extract(new.text, '$'));
  END;
  CREATE TRIGGER messageChanged AFTER UPDATE OF text, state ON messages BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      SELECT 'delete', old.sequence, json_extract(old.text, '$') WHERE old.state <> 'streaming';
    INSERT INTO messageSearch (rowid, words)
      SELECT new.sequence, json_extract(new.text, '$') WHERE new.state <> 'streaming';
  END;
  CREATE TRIGGER messageRemoved AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      VALUES ('delete', old.sequence, json_extract(old.text, '$'));
  END;
  `;
