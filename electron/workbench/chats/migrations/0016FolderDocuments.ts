import type { Migration } from "./Migration.ts";

/**
 * Folders of the disk whose documents stay with a folder of chats, and what is known of their files: `version` is size and
 * time of change, `problem` why a file could not be read. `path` stands last, so that a damaged store does not take such a
 * row for a folder (`salvageRows`).
 */
export const folderDocuments: Migration = `
  CREATE TABLE folderSources (
    sequence INTEGER PRIMARY KEY,
    folderId TEXT NOT NULL UNIQUE REFERENCES folders (id) ON DELETE CASCADE,
    addedAt INTEGER NOT NULL,
    path TEXT NOT NULL
  ) STRICT;

  CREATE TABLE folderDocuments (
    sequence INTEGER PRIMARY KEY,
    folderId TEXT NOT NULL REFERENCES folderSources (folderId) ON DELETE CASCADE,
    documentId TEXT REFERENCES documents (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    version TEXT NOT NULL,
    problem TEXT
  ) STRICT;
  CREATE UNIQUE INDEX folderDocumentsByPlace ON folderDocuments (folderId, place);
  CREATE INDEX folderDocumentsByDocument ON folderDocuments (documentId);
  ALTER TABLE chats ADD COLUMN searchesFolder INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE attachments ADD COLUMN ofFolder INTEGER NOT NULL DEFAULT 0;
  `;
