import type { ChatRecord, MessageRecord } from "./chatFile.ts";

/** The chats of an export, read while they are written. */
export interface ExportedChats {
  chats: () => Iterable<ChatRecord>;
  /** Returns the messages of a chat, each after its parent: of all branches, or of the shown one. */
  messages: (chat: ChatRecord, branches: "all" | "shown") => Iterable<MessageRecord>;
}
