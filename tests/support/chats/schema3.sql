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
CREATE VIRTUAL TABLE messageSearch USING fts5 (
    words, content = 'searchableMessages', content_rowid = 'sequence', tokenize = 'trigram'
  );
CREATE TABLE newChat (draft TEXT NOT NULL) STRICT;
CREATE VIEW searchableMessages (sequence, words) AS
    SELECT sequence, iif(json_valid(text), json_extract(text, '$'), NULL) FROM messages WHERE state <> 'streaming';
CREATE TRIGGER messageAdded AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (rowid, words)
      VALUES (new.sequence, iif(json_valid(new.text), json_extract(new.text, '$'), NULL));
  END;
CREATE TRIGGER messageChanged AFTER UPDATE OF text, state ON messages BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      SELECT 'delete', old.sequence, iif(json_valid(old.text), json_extract(old.text, '$'), NULL)
      WHERE old.state <> 'streaming';
    INSERT INTO messageSearch (rowid, words)
      SELECT new.sequence, iif(json_valid(new.text), json_extract(new.text, '$'), NULL)
      WHERE new.state <> 'streaming';
  END;
CREATE TRIGGER messageRemoved AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      VALUES ('delete', old.sequence, iif(json_valid(old.text), json_extract(old.text, '$'), NULL));
  END;
INSERT INTO messageSearch (messageSearch, rank) VALUES ('secure-delete', 1);
INSERT INTO chats VALUES (1, '115cbe1d-9614-49f8-83a6-5ddb8fad101a', '"Что такое ИИ сегодня"', 'message', 1795835341846, 1795835341882, '""', 'on', '""', NULL, '6288d156-65d4-4ce9-9915-d437f750cb46', NULL);
INSERT INTO chats VALUES (2, 'd895928d-31cf-4c2f-aea6-b029380feca9', '"Wie teuer ist ÖL?"', 'message', 1795835341884, 1795835341889, '""', 'on', '""', NULL, '0479c27a-4b9a-48f3-b180-dcc1804ddbd0', NULL);
INSERT INTO chats VALUES (3, '179b0aea-427e-4ef7-ae80-c72cad9fea51', '"plain words"', 'message', 1795835341902, 1795835341914, '""', 'on', '""', NULL, 'd05ca5e0-2fce-4cfc-8366-a8586ac7d062', NULL);
INSERT INTO chats VALUES (4, '07b7658a-77e1-4c77-8aa4-ef4ed52ef7a7', '"nul   here"', 'message', 1795835341917, 1795835341925, '""', 'on', '""', NULL, '871e758b-cb60-411e-a08f-30419843a904', NULL);
INSERT INTO messages VALUES (1, 'd0d067cb-8634-49a1-ae71-041197ba2ecb', '115cbe1d-9614-49f8-83a6-5ddb8fad101a', NULL, 'user', 1795835341871, '"Что такое ИИ сегодня"', NULL, 'done', NULL, NULL, NULL, NULL, X'1DB0E8828416441F8F9A6A2C3DDA598B');
INSERT INTO messages VALUES (2, '6288d156-65d4-4ce9-9915-d437f750cb46', '115cbe1d-9614-49f8-83a6-5ddb8fad101a', 'd0d067cb-8634-49a1-ae71-041197ba2ecb', 'assistant', 1795835341872, '"Я думаю"', '"t"', 'done', '{"id":"nano","name":"R1 Nano"}', NULL, NULL, NULL, X'92C7E7076D389C5EC38ACA8A284E0B78');
INSERT INTO messages VALUES (3, '6bca9308-e356-4b45-88b0-17eb81f79f30', 'd895928d-31cf-4c2f-aea6-b029380feca9', NULL, 'user', 1795835341885, '"Wie teuer ist ÖL?"', NULL, 'done', NULL, NULL, NULL, NULL, X'3DE2990A9D01608F9A0ED9B815E5DDFF');
INSERT INTO messages VALUES (4, '0479c27a-4b9a-48f3-b180-dcc1804ddbd0', 'd895928d-31cf-4c2f-aea6-b029380feca9', '6bca9308-e356-4b45-88b0-17eb81f79f30', 'assistant', 1795835341886, '"Straße"', '"t"', 'done', '{"id":"nano","name":"R1 Nano"}', NULL, NULL, NULL, X'CD62A56C445C5653E78C2AD4F72B9070');
INSERT INTO messages VALUES (5, 'a8af0a8f-1bc8-40bc-ad56-5a40a6933954', '179b0aea-427e-4ef7-ae80-c72cad9fea51', NULL, 'user', 1795835341906, '"plain words"', NULL, 'done', NULL, NULL, NULL, NULL, X'9651AC8CC28BA4A2B5F2A0FF3E16A53C');
INSERT INTO messages VALUES (6, 'd05ca5e0-2fce-4cfc-8366-a8586ac7d062', '179b0aea-427e-4ef7-ae80-c72cad9fea51', 'a8af0a8f-1bc8-40bc-ad56-5a40a6933954', 'assistant', 1795835341906, '"Café … １２３"', '"t"', 'done', '{"id":"nano","name":"R1 Nano"}', NULL, NULL, NULL, X'51F0568D7FE51B8C8FF13A502C071C33');
INSERT INTO messages VALUES (7, '39208c2c-e3ca-40d4-8fb5-7b8afd2c2683', '07b7658a-77e1-4c77-8aa4-ef4ed52ef7a7', NULL, 'user', 1795835341918, '"nul \u0000 here"', NULL, 'done', NULL, NULL, NULL, NULL, X'4C29A37854E3D42BB66EEBFDF3E53B9C');
INSERT INTO messages VALUES (8, '871e758b-cb60-411e-a08f-30419843a904', '07b7658a-77e1-4c77-8aa4-ef4ed52ef7a7', '39208c2c-e3ca-40d4-8fb5-7b8afd2c2683', 'assistant', 1795835341919, '"好，世界"', '"t"', 'done', '{"id":"nano","name":"R1 Nano"}', NULL, NULL, NULL, X'E8DBE9F1DB1D3F4B2F14D06FA5988D50');
INSERT INTO newChat VALUES ('""');
PRAGMA user_version = 3;
