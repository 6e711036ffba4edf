import { foldedBesideText } from "../../../contract/foldText.ts";
import type { Database } from "../openDatabase.ts";

/** Returns SQL for the words of a row as the index stores them. */
const wordsOf = (row: "new" | "old" | "messages"): string =>
  `coalesce(${row}.folded, iif(json_valid(${row}.text), json_extract(${row}.text, '$'), NULL))`;

/**
 * The index gets the text folded by `foldText`. The folded copy is stored only if it differs by more than ASCII
 * capitals, so that most rows of an old store need no change.
 */
export function addFoldedTexts(database: Database): void {
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
