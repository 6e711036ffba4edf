import type { Migration } from "./Migration.ts";

/** The draft of the chat that is not created yet. */
export const newChat: Migration = `
  CREATE TABLE newChat (draft TEXT NOT NULL) STRICT;
  INSERT INTO newChat (draft) VALUES ('""');
  `;
