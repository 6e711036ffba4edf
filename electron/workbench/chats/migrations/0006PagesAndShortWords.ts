import { foldedBesideText } from "../../../contract/foldText.ts";
import type { Database } from "../openDatabase.ts";

/** Returns SQL for the words of a message, folded by `lower` and `foldText`. */
const foldedWordsOf = (row: "new" | "messages"): string =>
  `coalesce(${row}.folded, lower(iif(json_valid(${row}.text), json_extract(${row}.text, '$'), '')))`;

/**
 * Adds indexes for pages of chats and messages, folded titles, and the last two characters of each message: the search
 * index contains sequences of three characters, so it finds one or two characters as the start of a sequence, except at
 * the end. The endings have a table of their own, because an index on the text would prevent erasing a message whose
 * text was changed on the disk.
 */
export function addPagesAndShortWords(database: Database): void {
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
