import { WorkbenchError } from "../../contract/errors.ts";
import { foldedBesideText } from "../../contract/foldText.ts";
import { inTransaction, type Database } from "./openDatabase.ts";

/*
 * Each entry migrates the schema from its index to the next number, in one transaction; `user_version` stores the
 * number reached. Never change an entry that was released: add a new one.
 *
 * Text that a user or a model wrote is stored as JSON, because SQLite's C strings end at a NUL.
 * `pieces` is the journal of a reply that is being written; it is merged into the message when the reply ends.
 * The search index covers ended messages only, so that a growing reply is not reindexed with each piece.
 */
const migrations: (string | ((database: Database) => void))[] = [
  `
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
  `,
  `
  CREATE TABLE newChat (draft TEXT NOT NULL) STRICT;
  INSERT INTO newChat (draft) VALUES ('""');
  `,
  // Only valid JSON is indexed: one damaged row would make every search and every erasure fail.
  `
  DROP VIEW searchableMessages;
  CREATE VIEW searchableMessages (sequence, words) AS
    SELECT sequence, iif(json_valid(text), json_extract(text, '$'), NULL) FROM messages WHERE state <> 'streaming';
  DROP TRIGGER messageAdded;
  CREATE TRIGGER messageAdded AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (rowid, words)
      VALUES (new.sequence, iif(json_valid(new.text), json_extract(new.text, '$'), NULL));
  END;
  DROP TRIGGER messageChanged;
  CREATE TRIGGER messageChanged AFTER UPDATE OF text, state ON messages BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      SELECT 'delete', old.sequence, iif(json_valid(old.text), json_extract(old.text, '$'), NULL)
      WHERE old.state <> 'streaming';
    INSERT INTO messageSearch (rowid, words)
      SELECT new.sequence, iif(json_valid(new.text), json_extract(new.text, '$'), NULL)
      WHERE new.state <> 'streaming';
  END;
  DROP TRIGGER messageRemoved;
  CREATE TRIGGER messageRemoved AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      VALUES ('delete', old.sequence, iif(json_valid(old.text), json_extract(old.text, '$'), NULL));
  END;
  `,
  // Chats that used the default model keep the model that wrote their last reply.
  `
  ALTER TABLE chats ADD COLUMN place TEXT;
  UPDATE chats SET modelId = (
    SELECT json_extract(model, '$.id') FROM messages
    WHERE chatId = chats.id AND model IS NOT NULL AND json_valid(model) AND json_type(model, '$.id') = 'text'
    ORDER BY sequence DESC LIMIT 1
  ) WHERE modelId IS NULL;
  `,
  addFoldedTexts,
  addPagesAndShortWords,
  "ALTER TABLE chats ADD COLUMN promptFrom TEXT",
  `
  ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE chats ADD COLUMN replySettings TEXT;
  ALTER TABLE chats ADD COLUMN pasted TEXT;
  ALTER TABLE newChat ADD COLUMN pasted TEXT;
  DROP INDEX IF EXISTS chatsShown;
  CREATE INDEX chatsShown ON chats (pinned DESC, updatedAt DESC, sequence DESC) WHERE hiddenBy IS NULL;
  `,
  "ALTER TABLE chats ADD COLUMN edit TEXT",
  "ALTER TABLE newChat ADD COLUMN beginning TEXT",
];

/** Returns SQL for the words of a row as the index stores them. */
const wordsOf = (row: "new" | "old" | "messages"): string =>
  `coalesce(${row}.folded, iif(json_valid(${row}.text), json_extract(${row}.text, '$'), NULL))`;

/**
 * The index gets the text folded by `foldText`. The folded copy is stored only if it differs by more than ASCII
 * capitals, so that most rows of an old store need no change.
 */
function addFoldedTexts(database: Database): void {
  database.exec(`
  ALTER TABLE messages ADD COLUMN folded TEXT;
  DROP VIEW IF EXISTS searchableMessages;
  CREATE VIEW searchableMessages (sequence, words) AS
    SELECT sequence, ${wordsOf("messages")} FROM messages WHERE state <> 'streaming';
  DROP TRIGGER IF EXISTS messageAdded;
  CREATE TRIGGER messageAdded AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (rowid, words) VALUES (new.sequence, ${wordsOf("new")});
  END;
  DROP TRIGGER IF EXISTS messageChanged;
  `);
  keepFoldedTexts(database);
  database.exec(`
  CREATE TRIGGER messageChanged AFTER UPDATE OF text, folded, state ON messages BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      SELECT 'delete', old.sequence, ${wordsOf("old")} WHERE old.state <> 'streaming';
    INSERT INTO messageSearch (rowid, words)
      SELECT new.sequence, ${wordsOf("new")} WHERE new.state <> 'streaming';
  END;
  DROP TRIGGER IF EXISTS messageRemoved;
  CREATE TRIGGER messageRemoved AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words) VALUES ('delete', old.sequence, ${wordsOf("old")});
  END;
  `);
}

/** Reindexes a row only if the index folds it differently from `foldText`, because indexing is slow. */
function keepFoldedTexts(database: Database): void {
  const some = database.prepare(
    "SELECT sequence, state, text FROM messages WHERE sequence > ? AND json_valid(text) ORDER BY sequence LIMIT 200",
  );
  const keep = database.prepare("UPDATE messages SET folded = ? WHERE sequence = ?");
  // Uses the old words as SQLite has them: passed through JavaScript, a NUL would end them.
  const forget = database.prepare(
    "INSERT INTO messageSearch (messageSearch, rowid, words) SELECT 'delete', sequence, json_extract(text, '$') FROM messages WHERE sequence = ?",
  );
  const index = database.prepare("INSERT INTO messageSearch (rowid, words) VALUES (?, ?)");
  for (let last = 0, rows = some.all(last); rows.length > 0; rows = some.all(last)) {
    for (const { sequence, state, text: json } of rows) {
      last = Number(sequence);
      const text: unknown = JSON.parse(String(json));
      const folded = typeof text === "string" ? foldedBesideText(text) : null;
      if (folded === null || typeof text !== "string") continue;
      keep.run(folded, last);
      if (state === "streaming" || isFoldedByIndex(text, folded)) continue;
      forget.run(last);
      index.run(last, folded);
    }
  }
}

/**
 * SQLite's trigram tokenizer folds upper-case Latin, Greek, Cyrillic and Armenian letters to lower case, one by one.
 */
const isFoldedByIndex = (text: string, folded: string): boolean =>
  text.toLowerCase() === folded && !/[^\0-\u052F\P{Lu}]|\p{Lt}/u.test(text);

/** Returns SQL for the words of a message, folded by `lower` and `foldText`. */
const foldedWordsOf = (row: "new" | "messages"): string =>
  `coalesce(${row}.folded, lower(iif(json_valid(${row}.text), json_extract(${row}.text, '$'), '')))`;

/**
 * Adds indexes for pages of chats and messages, folded titles, and the last two characters of each message: the search
 * index contains sequences of three characters, so it finds one or two characters as the start of a sequence, except at
 * the end. The endings have a table of their own, because an index on the text would prevent erasing a message whose
 * text was changed on the disk.
 */
function addPagesAndShortWords(database: Database): void {
  database.exec(`
  DROP INDEX IF EXISTS chatsByAge;
  CREATE INDEX chatsShown ON chats (updatedAt DESC, sequence DESC) WHERE hiddenBy IS NULL;
  DROP INDEX IF EXISTS messagesByParent;
  CREATE INDEX messagesByChat ON messages (chatId, sequence, id, parentId);

  CREATE TABLE messageEndings (sequence INTEGER PRIMARY KEY, ending TEXT NOT NULL) STRICT;
  INSERT INTO messageEndings SELECT sequence, coalesce(substr(${foldedWordsOf("messages")}, -2), '') FROM messages;
  CREATE TRIGGER endingAdded AFTER INSERT ON messages BEGIN
    INSERT OR REPLACE INTO messageEndings VALUES (new.sequence, coalesce(substr(${foldedWordsOf("new")}, -2), ''));
  END;
  CREATE TRIGGER endingChanged AFTER UPDATE OF text, folded ON messages BEGIN
    INSERT OR REPLACE INTO messageEndings VALUES (new.sequence, coalesce(substr(${foldedWordsOf("new")}, -2), ''));
  END;
  CREATE TRIGGER endingRemoved AFTER DELETE ON messages BEGIN
    DELETE FROM messageEndings WHERE sequence = old.sequence;
  END;

  ALTER TABLE chats ADD COLUMN foldedTitle TEXT;
  `);
  const keep = database.prepare("UPDATE chats SET foldedTitle = ? WHERE sequence = ?");
  for (const { sequence, title: json } of database
    .prepare("SELECT CAST(sequence AS TEXT) AS sequence, title FROM chats WHERE json_valid(title)")
    .all()) {
    const title: unknown = JSON.parse(String(json));
    const folded = typeof title === "string" ? foldedBesideText(title) : null;
    if (folded !== null) keep.run(folded, BigInt(String(sequence)));
  }
}

/** The newest schema that this version of the app supports. */
export const newestSchema = migrations.length;

/**
 * Migrates the database to the newest schema, one transaction per step, so that it is never between two. Throws
 * `store-newer` for a database from a newer app and leaves it unchanged.
 */
export function migrate(database: Database): void {
  if (schemaOf(database) > newestSchema) {
    throw new WorkbenchError("store-newer", undefined, `schema ${schemaOf(database)}, known up to ${newestSchema}`);
  }
  for (const [from, step] of migrations.entries()) {
    if (schemaOf(database) > from) continue;
    inTransaction(database, () => {
      // Another process may have completed this step while we waited for the lock.
      if (schemaOf(database) > from) return;
      if (typeof step === "string") database.exec(step);
      else step(database);
      database.exec(`PRAGMA user_version = ${from + 1}`);
    });
  }
}

/** Returns the schema number of the file. 0 for a new one. */
export function schemaOf(database: Database): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}
