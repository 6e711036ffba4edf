import type { Message, MessagePage, SearchPage } from "../../contract/chats.ts";
import { WorkbenchError, type Problem } from "../../contract/errors.ts";
import { type BranchPart, Branches } from "./Branches.ts";
import { ChatSearch } from "./ChatSearch.ts";
import { chatTitle } from "./chatTitle.ts";
import type { ChatTable, StoredChat, StoredChatPage } from "./ChatTable.ts";
import type { MessageTable } from "./MessageTable.ts";
import { eraseChat } from "./eraseChat.ts";
import { inTransaction, type Database } from "./openDatabase.ts";
import { interruptOrphans, openStore } from "./openStore.ts";
import type { BegunReply, StoreOperations, StoreParams, StoredConversation, StoreResult } from "./storeOperations.ts";
import type { StoreOwner } from "./StoreOwner.ts";
import { isDamage, toStoreError } from "./storeProblem.ts";

const chatsOnPage = 100;

/** The chats of one home folder, in one SQLite file. Synchronous, because it runs in a worker thread of its own. */
export class ChatStore implements StoreOperations {
  readonly #database: Database;
  readonly #chats: ChatTable;
  readonly #messages: MessageTable;
  readonly #branches: Branches;
  readonly #search: ChatSearch;
  readonly #owner: StoreOwner;
  /** Set if the store was damaged and a new one was created. */
  readonly notice: Problem | null;
  #damaged = false;
  #checkpointDue = true;
  #dataVersion: number;

  /** Throws the same errors as `openStore`. */
  constructor(home: string) {
    const { database, chats, messages, search, owner, notice } = openStore(home);
    this.#database = database;
    this.#chats = chats;
    this.#messages = messages;
    this.#branches = new Branches(chats, messages);
    this.#search = new ChatSearch(chats, search);
    this.#owner = owner;
    this.notice = notice;
    this.#dataVersion = this.#readDataVersion();
    this.checkpointIfDue();
  }

  openStore(): null {
    return null;
  }

  listChats({ cursor }: StoreParams<"listChats">): StoredChatPage {
    return this.#guard(() => this.#chats.page(cursor, chatsOnPage));
  }

  searchChats(params: StoreParams<"searchChats">): SearchPage {
    return this.#guard(() => this.#search.page(params));
  }

  createChat({ thinking, modelId }: StoreParams<"createChat">): StoredChat {
    return this.#write(() => this.#chats.insert(thinking, modelId));
  }

  readChat({ chatId }: StoreParams<"readChat">): StoredChat {
    return this.#guard(() => this.#chats.read(chatId));
  }

  openChat({ chatId, at = null, atEnd = false }: StoreParams<"openChat">): StoredConversation {
    return this.#guard(() => {
      const foreign = this.#messages.streaming(chatId).some(({ owner }) => owner !== this.#owner.token);
      if (foreign) inTransaction(this.#database, () => interruptOrphans(this.#messages, this.#owner));
      const chat = this.#chats.read(chatId);
      const tree = this.#branches.tree(chatId);
      let leafId = this.#branches.leaf(chatId, tree);
      if (at !== null && tree.node(at) !== undefined && !tree.branchTo(leafId).includes(at)) {
        leafId = tree.leafBelow(at);
        this.#chats.chooseLeaf(chatId, leafId);
      }
      const place = atEnd ? null : (at ?? chat.place?.messageId ?? null);
      const { messages, hasEarlier, hasLater } = this.#branches.around(chatId, tree, leafId, place);
      return {
        chat,
        messages,
        earlier: hasEarlier ? (messages[0]?.id ?? null) : null,
        later: hasLater ? (messages.at(-1)?.id ?? null) : null,
      };
    });
  }

  readMessages({ chatId, cursor, direction }: StoreParams<"readMessages">): MessagePage {
    return this.#guard(() => {
      if (direction === "later") return downwards(this.#branches.below(chatId, cursor));
      const { messages, hasEarlier } = this.#branches.above(chatId, cursor);
      return { messages, next: hasEarlier ? (messages[0]?.id ?? null) : null };
    });
  }

  renameChat({ chatId, title }: StoreParams<"renameChat">): null {
    return this.#write(() => {
      this.#chats.rename(chatId, title);
      return null;
    });
  }

  hideChat({ chatId }: StoreParams<"hideChat">): null {
    return this.#write(() => {
      this.#chats.hide(chatId, this.#owner.token);
      return null;
    });
  }

  restoreChat({ chatId }: StoreParams<"restoreChat">): null {
    return this.#write(() => {
      this.#chats.restore(chatId);
      return null;
    });
  }

  purgeChat({ chatId }: StoreParams<"purgeChat">): null {
    this.#write(() => eraseChat(this.#chats, this.#messages, chatId));
    this.#checkpointDue = true;
    this.checkpointIfDue();
    return null;
  }

  saveDraft({ chatId, draft }: StoreParams<"saveDraft">): null {
    return this.#write(() => {
      this.#chats.saveDraft(chatId, draft);
      return null;
    });
  }

  newDraft(): string {
    return this.#chats.newDraft();
  }

  savePlace({ chatId, place }: StoreParams<"savePlace">): null {
    return this.#write(() => {
      this.#chats.savePlace(chatId, place);
      return null;
    });
  }

  configureChat({ chatId, ...settings }: StoreParams<"configureChat">): StoredChat {
    return this.#write(() => this.#chats.configure(chatId, settings));
  }

  beginTurn({ chatId, text, model }: StoreParams<"beginTurn">): BegunReply {
    return this.#write(() => {
      this.#refuseBusy(chatId);
      return this.#sendUserMessage(chatId, this.#branches.leaf(chatId, this.#branches.tree(chatId)), text, model);
    });
  }

  beginEdit({ messageId, text, model }: StoreParams<"beginEdit">): BegunReply {
    return this.#write(() => {
      const { chatId, parentId } = this.#expectMessage(messageId, "user");
      this.#refuseBusy(chatId);
      return this.#sendUserMessage(chatId, parentId, text, model);
    });
  }

  beginVersion({ messageId, model }: StoreParams<"beginVersion">): BegunReply {
    return this.#write(() => {
      const { chatId, parentId } = this.#expectMessage(messageId, "assistant");
      this.#refuseBusy(chatId);
      return this.#beginReply(chatId, parentId, model);
    });
  }

  appendPieces({ messageId, thought, answer }: StoreParams<"appendPieces">): null {
    return this.#write(() => {
      if (this.#messages.chatOf(messageId) === undefined) return null;
      if (thought !== "") this.#messages.append(messageId, "thought", thought);
      if (answer !== "") this.#messages.append(messageId, "answer", answer);
      return null;
    });
  }

  finishReply({ messageId, ...end }: StoreParams<"finishReply">): Message | null {
    return this.#write(() => {
      const chatId = this.#messages.chatOf(messageId);
      if (chatId === undefined) return null;
      this.#messages.finish(messageId, end);
      this.#chats.touch(chatId);
      return this.#branches.message(chatId, messageId, this.#branches.tree(chatId));
    });
  }

  readMessage({ messageId }: StoreParams<"readMessage">): Message {
    return this.#guard(() => {
      const chatId = this.#chatIdOf(messageId);
      return this.#branches.message(chatId, messageId, this.#branches.tree(chatId));
    });
  }

  chatOfMessage({ messageId }: StoreParams<"chatOfMessage">): StoredChat {
    return this.#guard(() => this.#chats.read(this.#chatIdOf(messageId)));
  }

  selectVersion({ messageId }: StoreParams<"selectVersion">): StoreResult<"selectVersion"> {
    return this.#write(() => {
      const chatId = this.#chatIdOf(messageId);
      this.#chats.chooseLeaf(chatId, this.#branches.tree(chatId).leafBelow(messageId));
      return { ...downwards(this.#branches.from(chatId, messageId)), chatId };
    });
  }

  /** Returns true once after another process wrote to the store. */
  changedElsewhere(): boolean {
    const version = this.#readDataVersion();
    const changed = version !== this.#dataVersion;
    this.#dataVersion = version;
    return changed;
  }

  /**
   * After an erasure, empties the WAL file, so that the text is no longer on the disk. Another reader can delay this.
   */
  checkpointIfDue(): void {
    if (!this.#checkpointDue) return;
    const outcome = this.#database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
    this.#checkpointDue = outcome?.["busy"] !== 0;
  }

  close(): void {
    this.#database.close();
    this.#owner.release(!this.#damaged);
  }

  #sendUserMessage(chatId: string, parentId: string | null, text: string, model: Message["model"]): BegunReply {
    this.#chats.read(chatId);
    const id = this.#messages.insert({
      chatId,
      parentId,
      role: "user",
      text,
      state: "done",
      model: null,
      owner: null,
    });
    this.#chats.titleFromMessage(chatId, chatTitle(text));
    this.#chats.saveDraft(chatId, "");
    return this.#beginReply(chatId, id, model);
  }

  #beginReply(chatId: string, parentId: string | null, model: Message["model"]): BegunReply {
    const id = this.#messages.insert({
      chatId,
      parentId,
      role: "assistant",
      text: "",
      state: "streaming",
      model,
      owner: this.#owner.token,
    });
    this.#chats.chooseLeaf(chatId, id);
    this.#chats.touch(chatId);
    const tree = this.#branches.tree(chatId);
    const history = this.#branches.history(chatId, tree, parentId);
    return { chat: this.#chats.read(chatId), reply: this.#branches.message(chatId, id, tree), history };
  }

  /** Throws `chat-busy` if a reply is being written in the chat, also by another process that is running. */
  #refuseBusy(chatId: string): void {
    if (this.#messages.streaming(chatId).length === 0) return;
    interruptOrphans(this.#messages, this.#owner);
    if (this.#messages.streaming(chatId).length > 0) throw new WorkbenchError("chat-busy");
  }

  #expectMessage(messageId: string, role: Message["role"]): Message {
    const message = this.readMessage({ messageId });
    if (message.role !== role)
      throw new WorkbenchError("input-invalid", undefined, `the message is not by the ${role}`);
    return message;
  }

  #chatIdOf(messageId: string): string {
    const chatId = this.#messages.chatOf(messageId);
    if (chatId === undefined) throw new WorkbenchError("message-not-found");
    return chatId;
  }

  #readDataVersion(): number {
    return Number(this.#database.prepare("PRAGMA data_version").get()?.["data_version"]);
  }

  #write<Result>(work: () => Result): Result {
    return this.#guard(() => inTransaction(this.#database, work));
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      this.#damaged ||= isDamage(error);
      throw toStoreError(error);
    }
  }
}

function downwards({ messages, hasLater }: BranchPart): MessagePage {
  return { messages, next: hasLater ? (messages.at(-1)?.id ?? null) : null };
}
