import type { Migration } from "./Migration.ts";

/** SQL for the words of a row as the index stores them. */
const wordsOf = (row: "new" | "old" | "messages"): string =>
  `coalesce(${row}.folded, iif(json_valid(${row}.text), json_extract(${row}.text, '$'), NULL))`;
const isUnindexed = (row: "old" | "messages"): string =>
  `EXISTS (SELECT 1 FROM unindexedMessages u WHERE u.sequence = ${row}.sequence)`;

/**
 * Messages that are added to a hidden chat, as those of an import are, are listed in `unindexedMessages` and not indexed:
 * indexing takes most of the time of storing a message. `LateIndex` does it when they are shown.
 */
export const indexLater: Migration = `
  CREATE TABLE unindexedMessages (sequence INTEGER PRIMARY KEY, isShown INTEGER NOT NULL) STRICT;
  CREATE INDEX unindexedShown ON unindexedMessages (sequence) WHERE isShown = 1;

  DROP VIEW IF EXISTS searchableMessages;
  CREATE VIEW searchableMessages (sequence, words) AS
    SELECT sequence, ${wordsOf("messages")} FROM messages WHERE state <> 'streaming' AND NOT ${isUnindexed("messages")};

  DROP TRIGGER IF EXISTS messageAdded;
  CREATE TRIGGER messageAdded AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
    INSERT INTO unindexedMessages SELECT new.sequence, 0 FROM chats WHERE id = new.chatId AND hiddenBy IS NOT NULL;
    INSERT INTO messageSearch (rowid, words) SELECT new.sequence, ${wordsOf("new")}
      WHERE NOT EXISTS (SELECT 1 FROM unindexedMessages u WHERE u.sequence = new.sequence);
  END;
  DROP TRIGGER IF EXISTS messageChanged;
  CREATE TRIGGER messageChanged AFTER UPDATE OF text, folded, state ON messages WHEN NOT ${isUnindexed("old")} BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      SELECT 'delete', old.sequence, ${wordsOf("old")} WHERE old.state <> 'streaming';
    INSERT INTO messageSearch (rowid, words)
      SELECT new.sequence, ${wordsOf("new")} WHERE new.state <> 'streaming';
  END;
  DROP TRIGGER IF EXISTS messageRemoved;
  CREATE TRIGGER messageRemoved AFTER DELETE ON messages BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      SELECT 'delete', old.sequence, ${wordsOf("old")} WHERE old.state <> 'streaming' AND NOT ${isUnindexed("old")};
    DELETE FROM unindexedMessages WHERE sequence = old.sequence;
  END;
  CREATE TRIGGER chatShown AFTER UPDATE OF hiddenBy ON chats WHEN old.hiddenBy IS NOT NULL AND new.hiddenBy IS NULL BEGIN
    UPDATE unindexedMessages SET isShown = 1 WHERE sequence IN (SELECT sequence FROM messages WHERE chatId = new.id);
  END;
  `;
