import { AttachmentTable } from "./AttachmentTable.ts";
import { ChatTable } from "./ChatTable.ts";
import { DocumentTable } from "./DocumentTable.ts";
import { FolderDocumentTable } from "./FolderDocumentTable.ts";
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
  documents: DocumentTable;
  attachments: AttachmentTable;
  folderDocuments: FolderDocumentTable;
}

/** Returns the tables of a database. Ids of new chats and messages begin with `idPrefix`. */
export function storeTables(database: Database, idPrefix = ""): StoreTables {
  const statements = new Statements(database);
  const documents = new DocumentTable(statements, idPrefix);
  return {
    database,
    statements,
    chats: new ChatTable(statements, idPrefix),
    folders: new FolderTable(statements),
    messages: new MessageTable(statements, idPrefix),
    search: new MessageSearch(statements),
    documents,
    attachments: new AttachmentTable(statements, documents, idPrefix),
    folderDocuments: new FolderDocumentTable(statements),
  };
}
