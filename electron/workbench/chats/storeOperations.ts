import type { Conversation, Message, MessagePage, ReadingPlace, SearchPage, Thinking } from "../../contract/chats.ts";
import type { Problem } from "../../contract/errors.ts";
import type { ParamsOf, ResultOf } from "../workers/PortCalls.ts";
import type { ChatSettings, StoredChat, StoredChatPage } from "./ChatTable.ts";
import type { ReplyEnd } from "./MessageTable.ts";

export interface StoredConversation extends Omit<Conversation, "chat"> {
  chat: StoredChat;
}

/** A turn that was committed: the reply is a row in state `streaming`, empty, ours. */
export interface BegunReply {
  chat: StoredChat;
  reply: Message;
  /** The messages before the reply, oldest first. */
  history: Message[];
}

/**
 * What the store can be asked. Each is one transaction: when it answers, it is on disk; when it fails,
 * nothing changed. Failures: `chat-not-found`, `message-not-found`, `chat-busy`, `disk-full`, `store-failed`.
 */
export interface StoreOperations {
  /** Opens the store if it is not open, as every other request does. */
  openStore(): null;
  /** A hundred chats, last changed first. */
  listChats(params: { cursor: string | null }): StoredChatPage;
  /** Fifty titles and messages that contain all the words of the query. */
  searchChats(params: { query: string; cursor: string | null }): SearchPage;
  createChat(params: { thinking: Thinking; modelId: string | null }): StoredChat;
  readChat(params: { chatId: string }): StoredChat;
  /**
   * The messages around `at`, and the branch through it is shown from then on; for null, around the place where the
   * chat was left, unless `atEnd`.
   */
  openChat(params: { chatId: string; at?: string | null; atEnd?: boolean }): StoredConversation;
  /** The messages of the shown branch that are next to one of them. */
  readMessages(params: { chatId: string; cursor: string; direction: "earlier" | "later" }): MessagePage;
  renameChat(params: { chatId: string; title: string }): null;
  hideChat(params: { chatId: string }): null;
  restoreChat(params: { chatId: string }): null;
  /** Erases a hidden or shown chat; the text leaves the disk with the next checkpoint, within five seconds. */
  purgeChat(params: { chatId: string }): null;
  /** Null: the chat that begins with the next message. */
  saveDraft(params: { chatId: string | null; draft: string }): null;
  newDraft(): string;
  /** Null: at the end. */
  savePlace(params: { chatId: string; place: ReadingPlace | null }): null;
  configureChat(params: { chatId: string } & ChatSettings): StoredChat;
  /** Commits the user's message at the end of the branch, and an empty reply to it; clears the draft. */
  beginTurn(params: { chatId: string; text: string; model: Message["model"] }): BegunReply;
  /** Commits another version of this user message, and an empty reply to it. */
  beginEdit(params: { messageId: string; text: string; model: Message["model"] }): BegunReply;
  /** Commits an empty further version of this reply. */
  beginVersion(params: { messageId: string; model: Message["model"] }): BegunReply;
  appendPieces(params: { messageId: string; thought: string; answer: string }): null;
  /** Ends a reply. A message that was erased meanwhile is no failure. */
  finishReply(params: { messageId: string } & ReplyEnd): Message | null;
  readMessage(params: { messageId: string }): Message;
  chatOfMessage(params: { messageId: string }): StoredChat;
  /** Shows the branch through this message. Its messages from this one on. */
  selectVersion(params: { messageId: string }): MessagePage & { chatId: string };
}

export type StoreParams<Name extends keyof StoreOperations> = ParamsOf<StoreOperations, Name>;
export type StoreResult<Name extends keyof StoreOperations> = ResultOf<StoreOperations, Name>;

/** What the store's worker answers. `close`: everything before it was answered, and the file is closed. */
export interface StoreWorkerOperations extends StoreOperations {
  close(): null;
}

/** What the worker tells the workbench. */
export interface StoreNews {
  /** A person should know. */
  notice(params: { problem: Problem }): void;
  /** Another process wrote to the store. */
  changed(): void;
}
