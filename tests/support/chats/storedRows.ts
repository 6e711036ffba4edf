import { DatabaseSync } from "@photostructure/sqlite";

/** Returns all rows of a store's tables, as they are stored. */
export function storedRows(path: string): Record<string, unknown[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const all = (table: string): unknown[] => database.prepare(`SELECT rowid, * FROM ${table} ORDER BY rowid`).all();
    return {
      folders: all("folders"),
      chats: all("chats"),
      messages: all("messages"),
      pieces: all("pieces"),
      newChat: all("newChat"),
    };
  } finally {
    database.close();
  }
}
