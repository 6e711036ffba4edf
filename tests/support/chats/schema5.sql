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
  , place TEXT) STRICT;
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
  , folded TEXT) STRICT;
CREATE TABLE pieces (
    sequence INTEGER PRIMARY KEY,
    messageId TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('thought', 'answer')),
    text TEXT NOT NULL
  ) STRICT;
CREATE VIRTUAL TABLE messageSearch USING fts5 (
    words, content = 'searchableMessages', content_rowid = 'sequence', tokenize = 'trigram'
  );
CREATE TABLE newChat (draft TEXT NOT NULL) STRICT;
CREATE INDEX chatsByAge ON chats (updatedAt DESC);
CREATE INDEX messagesByParent ON messages (chatId, parentId);
CREATE INDEX messagesByParentOnly ON messages (parentId);
CREATE INDEX messagesStreaming ON messages (owner) WHERE state = 'streaming';
CREATE INDEX piecesByMessage ON pieces (messageId);
CREATE VIEW searchableMessages (sequence, words) AS
    SELECT sequence, coalesce(messages.folded, iif(json_valid(messages.text), json_extract(messages.text, '$'), NULL)) FROM messages WHERE state <> 'streaming';
CREATE TRIGGER messageAdded AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (rowid, words) VALUES (new.sequence, coalesce(new.folded, iif(json_valid(new.text), json_extract(new.text, '$'), NULL)));
  END;
CREATE TRIGGER messageChanged AFTER UPDATE OF text, folded, state ON messages BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words)
      SELECT 'delete', old.sequence, coalesce(old.folded, iif(json_valid(old.text), json_extract(old.text, '$'), NULL)) WHERE old.state <> 'streaming';
    INSERT INTO messageSearch (rowid, words)
      SELECT new.sequence, coalesce(new.folded, iif(json_valid(new.text), json_extract(new.text, '$'), NULL)) WHERE new.state <> 'streaming';
  END;
CREATE TRIGGER messageRemoved AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
    INSERT INTO messageSearch (messageSearch, rowid, words) VALUES ('delete', old.sequence, coalesce(old.folded, iif(json_valid(old.text), json_extract(old.text, '$'), NULL)));
  END;
INSERT INTO messageSearch (messageSearch, rank) VALUES ('secure-delete', 1);
INSERT INTO chats VALUES(1,'c0ddebbd-99fd-49c6-b5d2-ba380fd8d33c','"Über die Straße gehen"','message',1795847102094,1795847102107,'""','on','""','nano','53a94d12-d26e-4362-97a9-9fe2e76a809a',NULL,NULL);
INSERT INTO chats VALUES(2,'28512969-6add-4323-ac1f-bffff90e14cb','"Zwölf Ärzte"','user',1795847102107,1795847102109,'""','on','""','nano','d9331d9d-79d0-441e-a78c-199bad794be0',NULL,NULL);
INSERT INTO chats VALUES(3,'824a0c50-6669-4f18-9cfa-839ce5441b29','"Plain title"','user',1795847102110,1795847102112,'""','on','""','nano','25446c51-3600-4bde-b834-7a4ca160d3ee',NULL,NULL);
INSERT INTO chats VALUES(4,'a873ee42-8529-466e-8e2e-43e227981b67','"nul   here"','message',1795847102113,1795847102119,'""','on','""','nano','4bca0a05-605a-41b5-b321-d1c6fba9addc',NULL,NULL);
INSERT INTO chats VALUES(5,'420ad2b7-5e30-493e-abdd-c8c514702727','"Hidden"','user',1795847102120,1795847102125,'""','on','""','nano','490a45a6-d9a1-4d81-8e8c-ded54a5bcfeb','0cb238b7-f337-4111-90e8-bf658acce934',NULL);
INSERT INTO messages VALUES(1,'91686c41-2bf9-45e7-8a1b-8d0b2da1bf51','c0ddebbd-99fd-49c6-b5d2-ba380fd8d33c',NULL,'user',1795847102101,'"Über die Straße gehen"',NULL,'done',NULL,NULL,NULL,NULL,X'018860b6c62bfe09952aaf7fa5dd76b9bd','über die strasse gehen');
INSERT INTO messages VALUES(2,'53a94d12-d26e-4362-97a9-9fe2e76a809a','c0ddebbd-99fd-49c6-b5d2-ba380fd8d33c','91686c41-2bf9-45e7-8a1b-8d0b2da1bf51','assistant',1795847102103,'"Ja, mit ÖL"','"t"','done','{"id":"nano","name":"R1 Nano"}',NULL,NULL,NULL,X'01d6406f6add2572b05e5e549f84d1ef45','ja, mit öl');
INSERT INTO messages VALUES(3,'a70920a9-4f49-4754-b80a-7f17913ae6e3','28512969-6add-4323-ac1f-bffff90e14cb',NULL,'user',1795847102108,'"plain question"',NULL,'done',NULL,NULL,NULL,NULL,X'01b64aaaa61ad1d2bc98825e802faedcb0',NULL);
INSERT INTO messages VALUES(4,'d9331d9d-79d0-441e-a78c-199bad794be0','28512969-6add-4323-ac1f-bffff90e14cb','a70920a9-4f49-4754-b80a-7f17913ae6e3','assistant',1795847102108,'"It ends with qx"','"t"','done','{"id":"nano","name":"R1 Nano"}',NULL,NULL,NULL,X'01d7fdeb20ec2af58e89415e77e95c2f47',NULL);
INSERT INTO messages VALUES(5,'072d8b19-3a21-433b-abbf-d660d150678d','824a0c50-6669-4f18-9cfa-839ce5441b29',NULL,'user',1795847102111,'"世界"',NULL,'done',NULL,NULL,NULL,NULL,X'016f27db08640dff7f5b968268ea9e3c30',NULL);
INSERT INTO messages VALUES(6,'25446c51-3600-4bde-b834-7a4ca160d3ee','824a0c50-6669-4f18-9cfa-839ce5441b29','072d8b19-3a21-433b-abbf-d660d150678d','assistant',1795847102111,'"你好，世界"','"t"','done','{"id":"nano","name":"R1 Nano"}',NULL,NULL,NULL,X'015bfb2b8fb658287bb0b2f8e6100d7ca3',NULL);
INSERT INTO messages VALUES(7,'ed2e959f-dfa9-4a44-9656-37e828a35a8e','a873ee42-8529-466e-8e2e-43e227981b67',NULL,'user',1795847102117,'"nul \u0000 here"',NULL,'done',NULL,NULL,NULL,NULL,X'019340e4a2722b150087a4cea2ce56bee7','nul   here');
INSERT INTO messages VALUES(8,'4bca0a05-605a-41b5-b321-d1c6fba9addc','a873ee42-8529-466e-8e2e-43e227981b67','ed2e959f-dfa9-4a44-9656-37e828a35a8e','assistant',1795847102117,'"in C"','"t"','done','{"id":"nano","name":"R1 Nano"}',NULL,NULL,NULL,X'017974d0973c77ff8de42d470bf5e85c01',NULL);
INSERT INTO messages VALUES(9,'9d393d59-c59c-4a86-8c57-1b793f486e9c','420ad2b7-5e30-493e-abdd-c8c514702727',NULL,'user',1795847102120,'"hidden question"',NULL,'done',NULL,NULL,NULL,NULL,X'01e7f0bca4df1173c8817150a864988d3c',NULL);
INSERT INTO messages VALUES(10,'490a45a6-d9a1-4d81-8e8c-ded54a5bcfeb','420ad2b7-5e30-493e-abdd-c8c514702727','9d393d59-c59c-4a86-8c57-1b793f486e9c','assistant',1795847102120,'"hidden answer zz"','"t"','done','{"id":"nano","name":"R1 Nano"}',NULL,NULL,NULL,X'0130edbe72eb016965ce668583614f2b0d',NULL);
INSERT INTO newChat VALUES('""');
PRAGMA user_version = 5;
