import type { BranchMap } from "../../contract/branchMap.ts";
import type {
  AskedFor,
  Beginning,
  ChatHit,
  KeptEdit,
  Message,
  MessagePage,
  NewDraft,
  ReadingPlace,
  SavedDraft,
  SearchPage,
  Thinking,
} from "../../contract/chats.ts";
import type { Attachment } from "../../contract/documents.ts";
import type { EarlierSummary } from "../../contract/earlierSummary.ts";
import type { ChatFolder, ChatFolders, DeletedFolder } from "../../contract/chatFolders.ts";
import { WorkbenchError, type Problem } from "../../contract/errors.ts";
import { queryWords } from "../../contract/foundWords.ts";
import { restoreBackup } from "../backups/restoreBackup.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { StoredChats } from "../exports/StoredChats.ts";
import type { AttachmentTable, MessagePassages } from "./AttachmentTable.ts";
import { Branches } from "./Branches.ts";
import { ChatDocuments } from "./ChatDocuments.ts";
import { ChatSearch } from "./ChatSearch.ts";
import type { ChatSettings, ChatTable, ListedPart, StoredChat, StoredChatPage, StoredSummary } from "./ChatTable.ts";
import type { DocumentTable } from "./DocumentTable.ts";
import type { FolderDocumentTable } from "./FolderDocumentTable.ts";
import { foundInFolder } from "./foundInFolder.ts";
import type { FolderTable, NamedFolder } from "./FolderTable.ts";
import type { MessageTable, ReplyEnd } from "./MessageTable.ts";
import { editedTexts, type ReplyEdit } from "./editedTexts.ts";
import { Erasure } from "./Erasure.ts";
import { findInMessages } from "./findInMessages.ts";
import { LateIndex } from "./LateIndex.ts";
import { busyTimeoutMs, checkpointEvery, inTransaction, type Database } from "./openDatabase.ts";
import { openMemoryStore } from "./openMemoryStore.ts";
import { endOrphans, interruptOrphans, openStore, type OpenStoreOptions } from "./openStore.ts";
import type { BegunReply, StoredBranch, StoredConversation } from "./storeOperations.ts";
import type { ReplyOwner } from "./StoreOwner.ts";
import { type ImportedChat, type ShownImport, StagedChats } from "./StagedChats.ts";
import { whyNotWritable } from "./storeProblem.ts";
import { withoutAsked } from "./withoutAsked.ts";
import type { StoreTables } from "./storeTables.ts";
import { StoreWork } from "./StoreWork.ts";
import { Turns } from "./Turns.ts";

const chatsOnPage = 100;

type OfChat = { chatId: string };
type OfChats = { chatIds: string[] };
type OfMessage = { messageId: string };
type OfPassages = { passages?: MessagePassages | undefined };
type ByModel = { model: Message["model"] };

/**
 * The chats of one home folder, in one SQLite file, or the temporary chats, in memory. Synchronous, because it runs in a
 * worker thread of its own.
 */
export class ChatStore {
  readonly #place: { home: string; key: StoreKey | null } | null;
  readonly #database: Database;
  readonly #chats: ChatTable;
  readonly #folders: FolderTable;
  readonly #messages: MessageTable;
  readonly #documents: DocumentTable;
  readonly #attachments: AttachmentTable;
  readonly #folderDocuments: FolderDocumentTable;
  readonly #branches: Branches;
  readonly #turns: Turns;
  readonly #search: ChatSearch;
  readonly #owner: ReplyOwner;
  readonly #staged: StagedChats;
  readonly #erasure: Erasure;
  readonly #lateIndex: LateIndex;
  readonly #work: StoreWork;
  readonly #tables: StoreTables;
  readonly documents: ChatDocuments;
  /** What was restored, if the store was damaged or missing. */
  readonly notice: Problem | null;
  #checkpointDue = true;
  #dataVersion: number;

  /** Without a home folder, the store is in memory. Throws the same errors as `openStore`. */
  constructor(home: string | null, options: OpenStoreOptions = {}) {
    const opened = home === null ? openMemoryStore() : openStore(home, options);
    const { database, chats, folders, messages, documents, attachments, search } = opened;
    const { owner, readOnly, notice } = opened;
    this.#work = new StoreWork(database, readOnly);
    this.#place = home === null ? null : { home, key: options.key ?? null };
    this.#database = database;
    this.#chats = chats;
    this.#folders = folders;
    this.#messages = messages;
    this.#documents = documents;
    this.#attachments = attachments;
    this.#folderDocuments = opened.folderDocuments;
    this.#branches = new Branches(chats, messages, attachments);
    this.#turns = new Turns(opened, this.#branches, owner);
    this.#search = new ChatSearch(chats, search);
    this.#owner = owner;
    this.#tables = opened;
    this.#staged = new StagedChats(opened, owner.token);
    this.#erasure = new Erasure(opened);
    this.#lateIndex = new LateIndex(opened.statements);
    this.documents = new ChatDocuments(opened, { branches: this.#branches, erasure: this.#erasure, work: this.#work });
    this.notice = notice;
    this.#dataVersion = this.#readDataVersion();
    try {
      this.checkpointIfDue();
    } catch {
      // On a full disk, for example. It stays due, and the chats can be read.
    }
  }

  /** Opens the store if it is not open yet, as every other request does. */
  openStore(): null {
    return null;
  }

  /** Returns up to a hundred chats, most recently changed first. */
  listChats({ cursor, ...part }: { cursor: string | null } & ListedPart): StoredChatPage {
    return this.#work.read(() => this.#chats.page(cursor, chatsOnPage, part));
  }

  readFolders(): ChatFolders {
    return this.#work.read(() => this.#folders.all());
  }

  createFolder({ name }: { name: string }): ChatFolder {
    return this.#work.write(() => this.#folders.create(name));
  }

  renameFolder({ folderId, name }: { folderId: string; name: string }): null {
    return this.#work.change(() => this.#folders.rename(folderId, name));
  }

  /** Deletes a folder, with the documents that stay with it. Its chats stay. */
  deleteFolder({ folderId }: { folderId: string }): DeletedFolder {
    const deleted = this.#work.write(() => this.#folders.delete(folderId));
    this.documents.forgetFolder(folderId);
    return deleted;
  }

  /** Makes a deleted folder again. Its chats may not all exist any more. */
  restoreFolder({ deleted }: { deleted: DeletedFolder }): null {
    return this.#work.change(() => this.#folders.restore(deleted));
  }

  moveChats({ chatIds, folderId }: OfChats & { folderId: string | null }): null {
    return this.#changeEach(chatIds, (chatId) => this.#folders.move(chatId, folderId));
  }

  archiveChats({ chatIds, archived }: OfChats & { archived: boolean }): null {
    return this.#changeEach(chatIds, (chatId) => this.#chats.setArchived(chatId, archived));
  }

  /** Returns up to fifty titles and messages that contain all the words of the query. */
  searchChats(params: { query: string; cursor: string | null }): SearchPage {
    return this.#work.read(() => this.#search.page(params));
  }

  /** Returns where the shown branch contains the query, in thoughts too. */
  findInChat({ chatId, query, asPhrase }: OfChat & { query: string; asPhrase: boolean }): ChatHit[] {
    return this.#work.read(() => {
      this.#chats.read(chatId);
      const tree = this.#branches.tree(chatId);
      const branch = tree.branchTo(this.#branches.leaf(chatId, tree));
      return findInMessages(branch, this.#messages.texts(chatId), queryWords(query), asPhrase);
    });
  }

  createChat({ thinking, modelId }: { thinking: Thinking; modelId: string | null }): StoredChat {
    return this.#work.write(() => this.#chats.insert(thinking, modelId));
  }

  readChat({ chatId }: OfChat): StoredChat {
    return this.#work.read(() => this.#chats.read(chatId));
  }

  /** Returns a chat as the list shows it, with the result of its shown branch. */
  listedChat({ chatId }: OfChat): StoredSummary {
    return this.#work.read(() => this.#chats.listed(chatId));
  }

  /**
   * Returns the messages around `at` and switches to the branch through it. For null, returns those around `near` or the
   * saved reading position, if that is on the branch, unless `atEnd`.
   */
  openChat(params: OfChat & { at?: string | null; near?: string | null; atEnd?: boolean }): StoredConversation {
    const { chatId, at = null, near = null, atEnd = false } = params;
    return this.#work.read(() => {
      const foreign = this.#messages.streaming(chatId).some(({ owner }) => owner !== this.#owner.token);
      if (foreign && this.readOnly === null)
        inTransaction(this.#database, () => interruptOrphans(this.#messages, this.#owner));
      const chat = this.#chats.read(chatId);
      const tree = this.#branches.tree(chatId);
      let leafId = this.#branches.leaf(chatId, tree);
      const isSwitched = at !== null && tree.node(at) !== undefined && !tree.branchTo(leafId).includes(at);
      if (isSwitched) {
        leafId = tree.leafBelow(at);
        if (this.readOnly === null) this.#chats.chooseLeaf(chatId, leafId);
      }
      const place = atEnd ? null : (at ?? near ?? chat.place?.messageId ?? null);
      return { chat, isSwitched, ...this.#branches.around(chatId, tree, leafId, place) };
    });
  }

  /** Returns the messages of the shown branch next to one of them. */
  readMessages(params: OfChat & { cursor: string; direction: "earlier" | "later" }): MessagePage {
    const { chatId, cursor, direction } = params;
    return this.#work.read(() => {
      const part = direction === "later" ? this.#branches.below(chatId, cursor) : this.#branches.above(chatId, cursor);
      return { messages: part.messages, next: part[direction] };
    });
  }

  renameChat({ chatId, title }: OfChat & { title: string }): null {
    return this.#work.change(() => this.#chats.rename(chatId, title));
  }

  /** Returns whether the chat is there and its title is its first question. */
  isTitledByMessage({ chatId }: OfChat): boolean {
    return this.#work.read(() => this.#chats.isTitledByMessage(chatId));
  }

  /** Sets a title that a model has written, unless the user has set one. Returns whether it was set. */
  titleByModel({ chatId, title }: OfChat & { title: string }): boolean {
    return this.#work.write(() => this.#chats.titleByModel(chatId, title));
  }

  pinChats({ chatIds, pinned }: OfChats & { pinned: boolean }): null {
    return this.#changeEach(chatIds, (chatId) => this.#chats.setPinned(chatId, pinned));
  }

  hideChats({ chatIds }: OfChats): null {
    return this.#changeEach(chatIds, (chatId) => this.#chats.hide(chatId, this.#owner.token));
  }

  restoreChats({ chatIds }: OfChats): null {
    return this.#changeEach(chatIds, (chatId) => this.#chats.restore(chatId));
  }

  /**
   * Erases hidden or shown chats: for everyone at once, from the disk in small steps (`catchUp`), as a rule within five
   * seconds.
   */
  purgeChats({ chatIds }: OfChats): null {
    return this.#doom(() => chatIds);
  }

  /** Returns the number of messages of each chat that has some, all versions included. */
  messageCounts(): Record<string, number> {
    return this.#work.read(() => this.#messages.counts());
  }

  /** Returns the ids of all chats, also of hidden ones. */
  chatIds(): string[] {
    return this.#work.read(() => this.#chats.ids());
  }

  /** Erases all chats and what was typed for a new one, and gives the space back to the disk. */
  eraseAllChats(): null {
    // Otherwise SQLite would look for the messages below each message.
    this.#database.exec("PRAGMA foreign_keys=OFF");
    try {
      this.#work.change(() => {
        this.#attachments.eraseAll();
        this.#folderDocuments.eraseAll();
        this.#documents.eraseAll();
        this.#messages.eraseAll();
        this.#chats.eraseAll();
      });
    } finally {
      this.#database.exec("PRAGMA foreign_keys=ON");
    }
    this.documents.forgetAll();
    this.#erasure.lookAgain();
    this.#checkpointDue = true;
    try {
      this.#work.read(() => this.#database.exec("VACUUM"));
      this.checkpointIfDue();
    } catch (error) {
      // They are erased. On a full disk, the space is used for the next ones instead.
      if (whyNotWritable(error) === null) throw error;
    }
    return null;
  }

  /**
   * Null stands for the chat that will be created with the next message. Pasted texts that are left out stay. With
   * `before`, the draft of which this one is a change, what was saved since stays too.
   */
  saveDraft(params: SavedDraft & { chatId: string | null; before?: SavedDraft | undefined }): SavedDraft {
    const { chatId, before, ...draft } = params;
    return this.#work.write(() => this.#chats.saveDraft(chatId, draft, before));
  }

  saveEdit({ chatId, edit }: OfChat & { edit: KeptEdit | null }): null {
    return this.#work.change(() => this.#chats.saveEdit(chatId, edit));
  }

  newDraft(): NewDraft {
    return this.#chats.newDraft();
  }

  saveBeginning({ beginning }: { beginning: Beginning | null }): null {
    return this.#work.change(() => this.#chats.saveBeginning(beginning));
  }

  /** Null stands for the end of the chat. */
  savePlace({ chatId, place }: OfChat & { place: ReadingPlace | null }): null {
    return this.#work.change(() => this.#chats.savePlace(chatId, place));
  }

  configureChat({ chatId, ...settings }: OfChat & ChatSettings): StoredChat {
    return this.#work.write(() => this.#chats.configure(chatId, settings));
  }

  /** Sets the model of a chat that has none. Returns null if it has one. */
  keepModel({ chatId, modelId }: OfChat & { modelId: string }): StoredChat | null {
    return this.#work.write(() => {
      const isChosen = this.#chats.read(chatId).modelId !== null;
      return isChosen ? null : this.#chats.configure(chatId, { modelId });
    });
  }

  /**
   * Stores the user's message at the end of the branch, with an empty reply to it, and clears the draft. What was added
   * to the draft `from` stays. `attachmentIds` are documents of the draft that the message gets, and `passages` what was
   * found in those that are searched, and in the folder of documents by the ids of its documents.
   */
  beginTurn(
    params: OfChat &
      ByModel &
      OfPassages & { text: string; from?: SavedDraft | undefined; attachmentIds?: readonly string[] },
  ): BegunReply {
    const { chatId, text, model, from, attachmentIds = [], passages = {} } = params;
    return this.#work.write(() => {
      this.#turns.refuseBusy(chatId);
      this.#chats.saveDraft(
        chatId,
        { draft: "", pasted: [] },
        from && { draft: from.draft, pasted: from.pasted ?? [] },
      );
      const leafId = this.#branches.leaf(chatId, this.#branches.tree(chatId));
      const attach = (messageId: string): void => {
        this.#attachments.send(attachmentIds, chatId, messageId, passages);
        this.#attachments.sendOfFolder(foundInFolder(passages, attachmentIds), messageId);
      };
      return this.#turns.send(chatId, leafId, { text, model, attach });
    });
  }

  /**
   * Stores another version of this user message, with the same documents and an empty reply to it. `passages`: what was
   * found for the new text in the documents that are searched, and in the folder of documents by the ids of its documents:
   * with `searchesAgain`, in place of what the message has of it.
   */
  beginEdit(params: OfMessage & ByModel & OfPassages & { text: string; searchesAgain?: boolean }): BegunReply {
    const { messageId, text, model, passages, searchesAgain = false } = params;
    return this.#work.write(() => {
      const { chatId, parentId } = this.#expectMessage(messageId, "user");
      this.#turns.refuseBusy(chatId);
      if (this.#chats.read(chatId).edit?.messageId === messageId) this.#chats.saveEdit(chatId, null);
      const attach = (newId: string): void => {
        const known = this.#attachments.ofMessage(messageId).map(({ id }) => id);
        const isCopied = ({ ofFolder = false }: Attachment): boolean => !(searchesAgain && ofFolder);
        this.#attachments.copy(messageId, newId, passages, isCopied);
        this.#attachments.sendOfFolder(foundInFolder(passages, known), newId);
      };
      return this.#turns.send(chatId, parentId, { text, model, attach });
    });
  }

  /**
   * Stores another version of this reply, with this answer or thought, as edited by the user. Returns it. `toContinue`:
   * without an answer after an edited thought.
   */
  editReply({ messageId, ...edit }: ReplyEdit & OfMessage): Message {
    return this.#work.write(() => {
      const reply = this.#expectMessage(messageId, "assistant");
      this.#turns.refuseBusy(reply.chatId);
      return this.readMessage({ messageId: this.#turns.editReply(reply, editedTexts(reply, edit)) });
    });
  }

  /** Stores another, empty version of this reply, or an empty reply to this user message. */
  beginVersion({ messageId, model }: OfMessage & ByModel): BegunReply {
    return this.#work.write(() => {
      const { chatId, parentId, role } = this.readMessage({ messageId });
      this.#turns.refuseBusy(chatId);
      return this.#turns.reply(chatId, role === "user" ? messageId : parentId, model);
    });
  }

  /** Stores what prompts have in place of this message and those above it, or removes it with null. Returns its chat. */
  saveSummary({ messageId, summary }: OfMessage & { summary: EarlierSummary | null }): StoredChat {
    return this.#work.write(() => {
      const chatId = this.#chatIdOf(messageId);
      this.#messages.setSummary(messageId, summary);
      // Undoing an import keeps the chats that the user has changed.
      if (summary === null || summary.edited === true) this.#chats.touch(chatId);
      const chat = this.#chats.read(chatId);
      const { promptFrom } = chat;
      if (summary === null || promptFrom === null) return chat;
      // Directly below, it would leave out the summary; see `memoryStart`. Further above, it still holds on other branches.
      const isBelow = this.#branches.tree(chatId).node(promptFrom)?.parentId === messageId;
      return isBelow ? this.#chats.configure(chatId, { promptFrom: null }) : chat;
    });
  }

  /** Forgets that the replies to this user message are part of a vote or of a comparison that has not ended. */
  endAsked({ messageId, kind }: OfMessage & { kind: AskedFor["kind"] }): null {
    return this.#work.change(() => {
      const chatId = this.#chatIdOf(messageId);
      const tree = this.#branches.tree(chatId);
      for (const id of tree.childrenOf(messageId)) {
        const { model } = this.#branches.message(chatId, id, tree);
        if (model?.asked?.kind === kind) this.#messages.setModel(id, withoutAsked(model));
      }
    });
  }

  /** Opens the last reply of a branch again, to be continued. Its row is in state `streaming` and keeps its text. */
  beginContinuation({ messageId }: OfMessage): BegunReply {
    return this.#work.write(() => {
      const reply = this.#expectMessage(messageId, "assistant");
      this.#turns.refuseBusy(reply.chatId);
      return this.#turns.reopen(reply);
    });
  }

  appendPieces({ messageId, thought, answer }: OfMessage & { thought: string; answer: string }): null {
    return this.#work.change(() => {
      if (this.#messages.chatOf(messageId) === undefined) return;
      if (thought !== "") this.#messages.append(messageId, "thought", thought);
      if (answer !== "") this.#messages.append(messageId, "answer", answer);
    });
  }

  /** Ends a reply. Returns null if the message was erased meanwhile, which is not an error. */
  finishReply({ messageId, ...end }: OfMessage & ReplyEnd): Message | null {
    return this.#work.write(() => {
      const chatId = this.#messages.chatOf(messageId);
      if (chatId === undefined) return null;
      this.#messages.finish(messageId, end);
      this.#chats.touch(chatId);
      return this.#branches.message(chatId, messageId, this.#branches.tree(chatId));
    });
  }

  readMessage({ messageId }: OfMessage): Message {
    return this.#work.read(() => {
      const chatId = this.#chatIdOf(messageId);
      return this.#branches.message(chatId, messageId, this.#branches.tree(chatId));
    });
  }

  chatOfMessage({ messageId }: OfMessage): StoredChat {
    return this.#work.read(() => this.#chats.read(this.#chatIdOf(messageId)));
  }

  /** Returns all branches of a chat, to be drawn as a map. */
  mapBranches({ chatId }: OfChat): BranchMap {
    return this.#work.read(() => {
      this.#chats.read(chatId);
      return this.#branches.map(chatId);
    });
  }

  /** Switches to the branch through this message. Returns its messages, starting with this one. */
  selectVersion({ messageId }: OfMessage): MessagePage & { chatId: string } {
    return this.#work.write(() => {
      const chatId = this.#chatIdOf(messageId);
      this.#chats.chooseLeaf(chatId, this.#branches.tree(chatId).leafBelow(messageId));
      const { messages, later } = this.#branches.from(chatId, messageId);
      return { messages, next: later, chatId };
    });
  }

  /** Returns all messages of the shown branch. */
  readBranch({ chatId }: OfChat): StoredBranch {
    return this.#work.read(() => {
      const chat = this.#chats.read(chatId);
      const tree = this.#branches.tree(chatId);
      const messages = this.#branches.history(chatId, tree, this.#branches.leaf(chatId, tree));
      return { chat, messages, files: this.#attachments.files(messages) };
    });
  }

  /** Creates a chat with a copy of the messages up to this one. */
  branchChat({ messageId, title }: OfMessage & { title: string }): StoredChat {
    const owner = this.#owner.token;
    return this.#work.write(() => this.#branches.copy(this.#chatIdOf(messageId), messageId, title, owner));
  }

  /** Moves a reply and the messages below it to a hidden chat, and returns that chat's id. */
  removeReply({ messageId }: OfMessage): OfChat & { deletionId: string } {
    return this.#work.write(() => {
      const reply = this.#expectMessage(messageId, "assistant");
      this.#turns.refuseBusy(reply.chatId);
      return { deletionId: this.#branches.remove(reply, this.#owner.token), chatId: reply.chatId };
    });
  }

  /** Moves those messages back, and shows them. */
  restoreReply({ chatId, deletionId }: OfChat & { deletionId: string }): null {
    return this.#work.write(() => {
      this.#turns.refuseBusy(chatId);
      this.#branches.restore(chatId, deletionId);
      return null;
    });
  }

  /** Returns which of these chats are there and not hidden. */
  shownChats({ ids }: { ids: string[] }): string[] {
    return this.#work.read(() => this.#staged.shown(ids));
  }

  /** Stores chats and messages that are being imported. They are hidden until `showStaged`. */
  stageChats({ lines }: { lines: readonly string[] }): null {
    checkpointEvery(this.#database, "manyPages");
    return this.#work.change(() => this.#staged.add(lines));
  }

  /** Returns one of the chats that are being imported, or null. They are all shown together. */
  stagedChat(): string | null {
    return this.#staged.first;
  }

  /**
   * Shows what was imported, and erases what is left out of it (see `StagedChats`). `here`: what becomes of chats whose ids
   * are taken by now. Throws `import-changed` if there are not as many chats as given; null: any number.
   */
  showStaged({ chats, here = "copy" }: { chats: number | null; here?: "skip" | "copy" }): ShownImport {
    checkpointEvery(this.#database, "usual");
    const result = this.#work.write(() => {
      const shown = this.#staged.show(chats, here);
      this.#chats.doom(shown.leftOut);
      return shown;
    });
    if (result.leftOut.length > 0) this.#erasure.lookAgain();
    return result;
  }

  /** Ends an import that was not completed, and erases its chats. */
  dropStaged(): null {
    checkpointEvery(this.#database, "usual");
    return this.#doom(() => this.#staged.giveUp());
  }

  /** Returns how many of these folders an import would make, and for how many others there is no room. */
  countNewFolders({ folders }: { folders: readonly NamedFolder[] }): { folders: number; foldersLeftOut: number } {
    return this.#work.read(() => this.#folders.countNew(folders));
  }

  /** Returns the folders that were made for what was shown last, and how many there was no room for. */
  madeFolders(): { folders: string[]; foldersLeftOut: number } {
    return { folders: [...this.#staged.madeFolders], foldersLeftOut: this.#staged.foldersLeftOut };
  }

  /** Erases those imported chats that were not changed since, and returns them. `folders`: those made for them. */
  undoImported(params: { chats: readonly ImportedChat[]; folders?: readonly string[] }): string[] {
    const { chats, folders = this.#staged.madeFolders } = params;
    let unchanged: string[] = [];
    this.#doom(
      () => (unchanged = this.#staged.unchanged(chats)),
      () => this.#staged.deleteFolders(folders),
    );
    return unchanged;
  }

  /** Replaces all chats by those of a backup. See `restoreBackup`. */
  async restoreBackup({ backupId }: { backupId: string }): Promise<void> {
    if (this.#place === null) throw new WorkbenchError("backup-not-restored", { case: "gone" });
    await restoreBackup(this.#place, this.#database, backupId);
    this.#work.change(() => endOrphans(this.#chats, this.#messages, this.#owner));
    this.#erasure.lookAgain();
  }

  /** Returns a chat with its messages as lines of a chat file. Throws `chat-not-found` or `chat-busy`. */
  readRecords({ chatId }: OfChat): string[] {
    return this.#work.read(() => {
      this.#chats.read(chatId);
      this.#turns.refuseBusy(chatId);
      const stored = new StoredChats(this.#database);
      const chat = stored.chat(chatId);
      return [chat, ...stored.documents(chatId), ...stored.messages(chat, "all")].map((record) =>
        JSON.stringify(record),
      );
    });
  }

  /** Stores a chat from such lines, at once. */
  addRecords({ lines }: { lines: readonly string[] }): StoredChat {
    return this.#work.write(() => {
      const staged = new StagedChats(this.#tables, this.#owner.token);
      staged.add(lines);
      const { shown } = staged.show(1, "copy");
      return this.#chats.read(shown[0]?.id ?? "");
    });
  }

  /** The day of the last change by this process, or null if there was none. */
  get writtenOn(): string | null {
    return this.#work.writtenOn;
  }

  /** Why nothing can be written, or null. */
  get readOnly(): StoreWork["readOnly"] {
    return this.#work.readOnly;
  }

  /** Writes something that changes nothing. Throws the error of any other change. */
  tryToWrite(): void {
    this.#work.writeQuietly(() => this.#chats.touchNewChat());
  }

  /**
   * Does a small part of what was put off: erasing from the disk what was erased for everyone, and indexing what was
   * imported. Returns whether something is left.
   */
  catchUp(): boolean {
    if (this.readOnly !== null) return false;
    const isErasing = this.#erasure.isDue;
    const work = isErasing ? this.#erasure : this.#lateIndex;
    if (!work.isDue) return false;
    const begun = performance.now();
    try {
      this.#work.writeQuietly(() => work.step());
      work.adapt(performance.now() - begun);
    } catch (error) {
      this.#erasure.lookAgain();
      throw error;
    }
    if (isErasing && !this.#erasure.isDue) {
      this.#checkpointDue = true;
      this.checkpointIfDue();
    }
    return this.#erasure.isDue || this.#lateIndex.isDue;
  }

  /** Returns true once after another process wrote to the store. */
  changedElsewhere(): boolean {
    const version = this.#readDataVersion();
    const changed = version !== this.#dataVersion;
    this.#dataVersion = version;
    if (changed) this.#erasure.lookAgain();
    return changed;
  }

  /**
   * Once everything is erased, empties the WAL file, so that the text is no longer on the disk. Another reader can delay
   * this.
   */
  checkpointIfDue(): void {
    if (!this.#checkpointDue || this.readOnly !== null) return;
    // It must not wait for a reader, such as a backup, because it keeps others from writing meanwhile.
    this.#database.exec("PRAGMA busy_timeout=0");
    try {
      const outcome = this.#database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
      this.#checkpointDue = outcome?.["busy"] !== 0;
    } finally {
      this.#database.exec(`PRAGMA busy_timeout=${busyTimeoutMs}`);
    }
  }

  close(): void {
    this.documents.forgetAll();
    this.#database.close();
    this.#owner.release(!this.#work.isDamaged);
  }

  #expectMessage(messageId: string, role: Message["role"]): Message {
    const message = this.readMessage({ messageId });
    if (message.role === role) return message;
    throw new WorkbenchError("input-invalid", undefined, `the message is not by the ${role}`);
  }

  #chatIdOf(messageId: string): string {
    const chatId = this.#messages.chatOf(messageId);
    if (chatId === undefined) throw new WorkbenchError("message-not-found");
    return chatId;
  }

  #readDataVersion(): number {
    return Number(this.#database.prepare("PRAGMA data_version").get()?.["data_version"]);
  }

  /** Changes all of these chats, or none if one of them fails. */
  #changeEach(chatIds: readonly string[], work: (chatId: string) => void): null {
    return this.#work.change(() => chatIds.forEach(work));
  }

  #doom(chatIds: () => readonly string[], andThen: () => void = () => undefined): null {
    this.documents.forget();
    this.#work.change(() => {
      this.#chats.doom(chatIds());
      andThen();
    });
    this.#erasure.lookAgain();
    return null;
  }
}
