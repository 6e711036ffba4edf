import type { Conversation, Message, Thinking } from "../../contract/chats.ts";
import type { Problem } from "../../contract/errors.ts";
import type { MessageFile } from "../documents/fileMessage.ts";
import type { ChatDocuments } from "./ChatDocuments.ts";
import type { ChatStore } from "./ChatStore.ts";
import type { StoredChat } from "./ChatTable.ts";

export interface StoredConversation extends Omit<Conversation, "chat"> {
  chat: StoredChat;
  /** Whether another branch is shown now. */
  isSwitched: boolean;
}

/** A turn that was stored. The reply is an empty row in state `streaming` that this process owns. */
export interface BegunReply {
  chat: StoredChat;
  reply: Message;
  /** The messages before the reply, oldest first. */
  history: Message[];
  files: MessageFiles;
}

/** The documents of messages as the prompt has them, by the messages' ids. */
export type MessageFiles = Readonly<Record<string, readonly MessageFile[]>>;

/** What a model reads of a branch, oldest first. The last message may not be stored. */
export interface BranchToRead {
  chat: StoredChat;
  messages: Pick<Message, "id" | "role" | "text" | "thought" | "summary">[];
  files: MessageFiles;
}

/** All messages of the shown branch, oldest first. */
export interface StoredBranch extends BranchToRead {
  messages: Message[];
}

/**
 * The operations of the store. Each is one transaction: when it resolves, its changes are on disk; when it rejects,
 * nothing has changed. Rejects with `chat-not-found`, `message-not-found`, `chat-busy`, `input-invalid`, `disk-full`,
 * `store-read-only` or `store-failed`, and with what `openStore` throws.
 */
type StoreOperations = Omit<
  ChatStore,
  | "notice"
  | "readOnly"
  | "writtenOn"
  | "tryToWrite"
  | "changedElsewhere"
  | "checkpointIfDue"
  | "catchUp"
  | "readRecords"
  | "addRecords"
  | "restoreBackup"
  | "documents"
  | "close"
> &
  Omit<ChatDocuments, "forget" | "forgetFolder" | "forgetAll">;

/**
 * The operations of the store's worker. `close` resolves once everything before it was answered and the file is closed.
 */
export interface StoreWorkerOperations extends StoreOperations {
  /** Creates a chat that is kept only in memory. Its id, and those of its messages, say so: see `isTemporary`. */
  createTemporaryChat(params: { thinking: Thinking; modelId: string | null }): StoredChat;
  /** Moves a temporary chat to the disk, with all that it has. Returns it with its new id. Rejects with `chat-busy` too. */
  keepTemporaryChat(params: { chatId: string }): StoredChat;
  /** Replaces all chats by those of a backup. Requests that come meanwhile wait. Rejects with `backup-not-restored` too. */
  restoreBackup(params: { backupId: string }): null;
  /** Reads every page of the store, and mends it if it is damaged. */
  examine(): null;
  close(): null;
}

/** Events that the worker sends to the workbench. */
export interface StoreNews {
  /** A notice for the user. */
  notice(params: { problem: Problem }): void;
  /** A damaged store is no longer being mended. What came of it follows, as a notice or as the error of a request. */
  mended(): void;
  /** Another process wrote to the store, or it was mended. */
  changed(): void;
  /** What could not be written before can be written now. */
  writable(): void;
  /** This process changed something for the first time on a day. */
  written(): void;
}
