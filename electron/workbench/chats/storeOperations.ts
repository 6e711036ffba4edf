import type { Conversation, Message, MessagePage, ReadingPlace, SearchPage, Thinking } from "../../contract/chats.ts";
import type { Problem } from "../../contract/errors.ts";
import type { ParamsOf, ResultOf } from "../workers/PortCalls.ts";
import type { ChatSettings, StoredChat, StoredChatPage } from "./ChatTable.ts";
import type { ReplyEnd } from "./MessageTable.ts";

export interface StoredConversation extends Omit<Conversation, "chat"> {
  chat: StoredChat;
}

/** A turn that was stored. The reply is an empty row in state `streaming` that this process owns. */
export interface BegunReply {
  chat: StoredChat;
  reply: Message;
  /** The messages before the reply, oldest first. */
  history: Message[];
}

/**
 * The operations of the store. Each is one transaction: when it resolves, its changes are on disk; when it rejects,
 * nothing has changed. Rejects with `chat-not-found`, `message-not-found`, `chat-busy`, `disk-full` or `store-failed`.
 */
export interface StoreOperations {
  /** Opens the store if it is not open yet, as every other request does. */
  openStore(): null;
  /** Returns up to a hundred chats, most recently changed first. */
  listChats(params: { cursor: string | null }): StoredChatPage;
  /** Returns up to fifty titles and messages that contain all the words of the query. */
  searchChats(params: { query: string; cursor: string | null }): SearchPage;
  createChat(params: { thinking: Thinking; modelId: string | null }): StoredChat;
  readChat(params: { chatId: string }): StoredChat;
  /**
   * Returns the messages around `at` and switches to the branch through it. For null, returns those around the saved
   * reading position, unless `atEnd`.
   */
  openChat(params: { chatId: string; at?: string | null; atEnd?: boolean }): StoredConversation;
  /** Returns the messages of the shown branch next to one of them. */
  readMessages(params: { chatId: string; cursor: string; direction: "earlier" | "later" }): MessagePage;
  renameChat(params: { chatId: string; title: string }): null;
  hideChat(params: { chatId: string }): null;
  restoreChat(params: { chatId: string }): null;
  /** Erases a hidden or shown chat. The text is removed from the disk with the next checkpoint, within five seconds. */
  purgeChat(params: { chatId: string }): null;
  /** Null stands for the chat that will be created with the next message. */
  saveDraft(params: { chatId: string | null; draft: string }): null;
  newDraft(): string;
  /** Null stands for the end of the chat. */
  savePlace(params: { chatId: string; place: ReadingPlace | null }): null;
  configureChat(params: { chatId: string } & ChatSettings): StoredChat;
  /** Stores the user's message at the end of the branch, with an empty reply to it, and clears the draft. */
  beginTurn(params: { chatId: string; text: string; model: Message["model"] }): BegunReply;
  /** Stores another version of this user message, with an empty reply to it. */
  beginEdit(params: { messageId: string; text: string; model: Message["model"] }): BegunReply;
  /** Stores another, empty version of this reply. */
  beginVersion(params: { messageId: string; model: Message["model"] }): BegunReply;
  appendPieces(params: { messageId: string; thought: string; answer: string }): null;
  /** Ends a reply. Returns null if the message was erased meanwhile, which is not an error. */
  finishReply(params: { messageId: string } & ReplyEnd): Message | null;
  readMessage(params: { messageId: string }): Message;
  chatOfMessage(params: { messageId: string }): StoredChat;
  /** Switches to the branch through this message. Returns its messages, starting with this one. */
  selectVersion(params: { messageId: string }): MessagePage & { chatId: string };
}

export type StoreParams<Name extends keyof StoreOperations> = ParamsOf<StoreOperations, Name>;
export type StoreResult<Name extends keyof StoreOperations> = ResultOf<StoreOperations, Name>;

/**
 * The operations of the store's worker. `close` resolves once everything before it was answered and the file is closed.
 */
export interface StoreWorkerOperations extends StoreOperations {
  close(): null;
}

/** Events that the worker sends to the workbench. */
export interface StoreNews {
  /** A notice for the user. */
  notice(params: { problem: Problem }): void;
  /** Another process wrote to the store. */
  changed(): void;
}
