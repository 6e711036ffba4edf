import { ChatTable } from "./ChatTable.ts";
import { FolderTable } from "./FolderTable.ts";
import { MessageSearch } from "./MessageSearch.ts";
import { MessageTable } from "./MessageTable.ts";
import type { Database } from "./openDatabase.ts";
import { Statements } from "./Statements.ts";

/** A store's database and what is in it. */
export interface StoreTables {
  database: Database;
  statements: Statements;
  chats: ChatTable;
  folders: FolderTable;
  messages: MessageTable;
  search: MessageSearch;
}

/** Returns the tables of a database. Ids of new chats and messages begin with `idPrefix`. */
export function storeTables(database: Database, idPrefix = ""): StoreTables {
  const statements = new Statements(database);
  return {
    database,
    statements,
    chats: new ChatTable(statements, idPrefix),
    folders: new FolderTable(statements),
    messages: new MessageTable(statements, idPrefix),
    search: new MessageSearch(statements),
  };
}
