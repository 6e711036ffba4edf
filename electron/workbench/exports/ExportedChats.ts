import type { DocumentUnit } from "../../contract/documents.ts";
import type { PassageText } from "../chats/DocumentTable.ts";
import type { ChatRecord, DocumentRecord, DraftRecord, FolderRecord, MessageRecord, TextRecord } from "./chatFile.ts";

/** A document of a message. */
export interface ExportedDocument {
  name: string;
  unit: DocumentUnit | null;
  /** The passages that were sent, with their text as far as it can be read. */
  passages: PassageText[];
}

/** The chats of an export, read while they are written. */
export interface ExportedChats {
  /** Returns the folders without chats, if all chats are exported. */
  folders: () => Iterable<FolderRecord>;
  chats: () => Iterable<ChatRecord>;
  /** Returns the documents of a chat with their texts, and which of them its draft has. */
  documents: (chat: ChatRecord) => Iterable<DocumentRecord | TextRecord | DraftRecord>;
  /** Returns the documents of a message, with what was found in them for it. */
  documentsOf: (message: MessageRecord) => ExportedDocument[];
  /**
   * Returns the id of the message of the shown branch whose summary the model reads in place of it and those above it, or
   * null.
   */
  summaryRead: (chat: ChatRecord) => string | null;
  /** Returns the messages of a chat, each after its parent: of all branches, or of the shown one. */
  messages: (chat: ChatRecord, branches: "all" | "shown") => Iterable<MessageRecord>;
}
