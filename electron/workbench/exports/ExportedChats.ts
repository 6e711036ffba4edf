import type { ChatRecord, DocumentRecord, DraftRecord, MessageRecord, TextRecord } from "./chatFile.ts";

/** The chats of an export, read while they are written. */
export interface ExportedChats {
  chats: () => Iterable<ChatRecord>;
  /** Returns the documents of a chat with their texts, and which of them its draft has. */
  documents: (chat: ChatRecord) => Iterable<DocumentRecord | TextRecord | DraftRecord>;
  /** Returns the names of the documents of a message. */
  namesOf: (message: MessageRecord) => string[];
  /** Returns the messages of a chat, each after its parent: of all branches, or of the shown one. */
  messages: (chat: ChatRecord, branches: "all" | "shown") => Iterable<MessageRecord>;
}
