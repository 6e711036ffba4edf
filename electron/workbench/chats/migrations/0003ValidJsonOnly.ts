import type { Migration } from "./Migration.ts";

/** Only valid JSON is indexed: one damaged row would make every search and every erasure fail. */
export const validJsonOnly: Migration = `
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
  `;
