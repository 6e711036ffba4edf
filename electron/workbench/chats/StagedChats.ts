import { createHash, randomUUID } from "node:crypto";
import { folderNameSchema } from "../../contract/chatFolders.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { foldedBesideText } from "../../contract/foldText.ts";
import { isTemporary } from "../../contract/isTemporary.ts";
import type {
  ChatRecord,
  DocumentRecord,
  DraftRecord,
  FolderRecord,
  MessageRecord,
  TextRecord,
} from "../exports/chatFile.ts";
import type { AttachedTo, AttachmentTable } from "./AttachmentTable.ts";
import type { DocumentTable } from "./DocumentTable.ts";
import type { FolderTable } from "./FolderTable.ts";
import type { MessageRow } from "./messageRow.ts";
import type { MessageTable } from "./MessageTable.ts";
import { jsonOrNull } from "./RowSchema.ts";
import type { Statements } from "./Statements.ts";
import type { StoreTables } from "./storeTables.ts";

/** A chat that was imported, with a digest of what the user could have changed in it since. */
export interface ImportedChat {
  id: string;
  digest: string;
}

/** What became of the chats of an import. */
export interface ShownImport {
  shown: ImportedChat[];
  /** Those that were not shown because others with their ids came meanwhile, and how many messages they have. */
  leftOut: string[];
  messagesLeftOut: number;
}

interface Current {
  id: string;
  record: ChatRecord;
  /** The ids under which messages are stored, by those in the file, where they differ. */
  otherIds: Map<string, string>;
  /** The ids under which documents are stored, by those in the file. */
  documents: Map<string, string>;
  /** The document whose texts are being added, their part, and how much of it is there. */
  adding: { documentId: string; part: number; chars: number } | null;
}

type Folder = NonNullable<ChatRecord["folder"]>;
type StagedRecord = FolderRecord | ChatRecord | DocumentRecord | TextRecord | DraftRecord | MessageRecord;

const chatColumns =
  "id, title, foldedTitle, titledBy, createdAt, updatedAt, pinned, draft, pasted, edit, thinking, systemPrompt, replySettings, modelId, leafId, promptFrom, place, archived, searchesFolder, hiddenBy";
const chatMarks = chatColumns.replaceAll(/\w+/g, "?");

/**
 * Chats that are being imported. They are hidden by this process until all of them are there, so that the next start
 * erases them if it dies. Call everything inside write transactions.
 */
export class StagedChats {
  readonly #statements: Statements;
  readonly #folders: FolderTable;
  readonly #messages: MessageTable;
  readonly #documents: DocumentTable;
  readonly #attachments: AttachmentTable;
  readonly #owner: string;
  #stored: ImportedChat[] = [];
  /** The ids in the file of those chats that are stored under other ids, because theirs were taken. */
  #takenIds = new Map<string, string>();
  /** The folders of the staged chats, by these chats. They are made when the chats are shown. */
  #folderOf = new Map<string, Folder>();
  #emptyFolders: Folder[] = [];
  #madeFolders: string[] = [];
  #foldersLeftOut = 0;
  #current: Current | null = null;

  constructor({ statements, folders, messages, documents, attachments }: StoreTables, owner: string) {
    this.#statements = statements;
    this.#folders = folders;
    this.#messages = messages;
    this.#documents = documents;
    this.#attachments = attachments;
    this.#owner = owner;
  }

  /** Stores records, as JSON, in the order of the file: each chat before its messages, each message after its parent. */
  add(lines: readonly string[]): void {
    for (const line of lines) {
      // The import has parsed and checked it.
      const record = JSON.parse(line) as StagedRecord;
      if (record.type === "folder") this.#emptyFolders.push(record);
      else if (record.type === "chat") this.#addChat(record);
      else if (this.#current === null) throw new Error("A record without a chat");
      else if (record.type === "document") this.#addDocument(this.#current, record);
      else if (record.type === "text") this.#addText(this.#current, record);
      else if (record.type === "draft") this.#attach(this.#current, { chatId: this.#current.id }, record.attachments);
      else this.#addMessage(this.#current, record);
    }
  }

  /** One of the chats that are stored and hidden, if possible one that `show` cannot leave out, or null. */
  get first(): string | null {
    const ids = this.#stored.map(({ id }) => id);
    if (this.#current !== null) ids.push(this.#current.id);
    return ids.find((id) => !this.#takenIds.has(id)) ?? ids[0] ?? null;
  }

  /**
   * Shows all chats, except, with "skip", those whose ids other chats have that came since the import began. Throws
   * `import-changed` if there are not as many as given.
   */
  show(expected: number | null, here: "skip" | "copy"): ShownImport {
    this.#endChat();
    // The store was replaced while they were stored.
    if (expected !== null && expected !== this.#stored.length) throw new WorkbenchError("import-changed");
    const own = new Set(this.#stored.map(({ id }) => id));
    const isElsewhere = ({ id }: ImportedChat): boolean => {
      const inFile = this.#takenIds.get(id);
      return inFile !== undefined && !own.has(inFile) && this.#isShown(inFile);
    };
    const isLeftOut = new Set(here === "skip" ? this.#stored.filter(isElsewhere) : []);
    const shown = this.#stored.filter((chat) => !isLeftOut.has(chat));
    const leftOut = Array.from(isLeftOut, ({ id }) => id);
    const sql = "UPDATE chats SET hiddenBy = NULL WHERE hiddenBy = ? AND id IN (SELECT value FROM json_each(?))";
    this.#statements.run(sql, this.#owner, JSON.stringify(shown.map(({ id }) => id)));
    for (const id of leftOut) this.#folderOf.delete(id);
    this.#forget();
    this.#fillFolders();
    return { shown, leftOut, messagesLeftOut: this.#countMessages(leftOut) };
  }

  /** Returns the ids of what was stored so far and forgets them. It is still hidden. */
  giveUp(): string[] {
    this.#endChat();
    const ids = this.#stored.map(({ id }) => id);
    this.#forget();
    this.#folderOf = new Map();
    this.#emptyFolders = [];
    return ids;
  }

  /** Returns which of these chats are there and not hidden. */
  shown(ids: readonly string[]): string[] {
    return ids.filter((id) => this.#isShown(id));
  }

  /** Returns the ids of those chats that are shown and were not changed since they were stored. */
  unchanged(chats: readonly ImportedChat[]): string[] {
    return chats.filter(({ id, digest }) => this.#isShown(id) && this.#digestOf(id) === digest).map(({ id }) => id);
  }

  /** The folders that were made when chats were shown last. */
  get madeFolders(): readonly string[] {
    return this.#madeFolders;
  }

  /** How many folders were not made then, because there was no room for more. */
  get foldersLeftOut(): number {
    return this.#foldersLeftOut;
  }

  /** Deletes those of these folders that have no shown chats. */
  deleteFolders(folderIds: readonly string[]): void {
    this.#folders.deleteEmpty(folderIds);
  }

  #forget(): void {
    this.#stored = [];
    this.#takenIds = new Map();
  }

  #countMessages(chatIds: readonly string[]): number {
    const sql = "SELECT count(*) AS count FROM messages WHERE chatId IN (SELECT value FROM json_each(?))";
    return this.#statements.get<{ count: number }>(sql, JSON.stringify(chatIds))?.count ?? 0;
  }

  #isShown(id: string): boolean {
    return this.#statements.get("SELECT 1 FROM chats WHERE id = ? AND hiddenBy IS NULL", id) !== undefined;
  }

  #digestOf(id: string): string {
    const [row] = this.#statements.raw(
      `SELECT title, updatedAt, draft, pasted, systemPrompt, (SELECT count(*) FROM messages WHERE chatId = chats.id) AS messages,
         (SELECT count(*) FROM attachments WHERE chatId = chats.id) AS attachments
       FROM chats WHERE id = ?`,
      id,
    );
    return createHash("sha256")
      .update(
        Object.values(row ?? {})
          .map(String)
          .join("\0"),
      )
      .digest("base64");
  }

  /** Puts the chats into their folders. Folders with the same id or the same name are the same. */
  #fillFolders(): void {
    const known = new Map<string, string | null>();
    this.#madeFolders = [];
    this.#foldersLeftOut = 0;
    const idOf = (folder: Folder): string | null => {
      const key = JSON.stringify([folder.id, folder.name]);
      const before = known.get(key);
      if (before !== undefined) return before;
      const name = folderNameSchema.safeParse(folder.name);
      const expected = name.success ? this.#folders.expect({ id: folder.id, name: name.data }) : null;
      if (expected?.isNew === true) this.#madeFolders.push(expected.id);
      if (name.success && expected === null) this.#foldersLeftOut++;
      known.set(key, expected?.id ?? null);
      return expected?.id ?? null;
    };
    for (const folder of this.#emptyFolders) idOf(folder);
    for (const [chatId, folder] of this.#folderOf) this.#folders.move(chatId, idOf(folder));
    this.#folderOf = new Map();
    this.#emptyFolders = [];
  }

  #addChat(record: ChatRecord): void {
    this.#endChat();
    const id = this.#isFree("chats", record.id) ? record.id : randomUUID();
    if (id !== record.id) this.#takenIds.set(id, record.id);
    this.#statements.run(
      `INSERT INTO chats (${chatColumns}) VALUES (${chatMarks})`,
      id,
      JSON.stringify(record.title),
      foldedBesideText(record.title),
      record.titledBy,
      record.createdAt,
      record.updatedAt,
      record.pinned ? 1 : 0,
      JSON.stringify(record.draft),
      jsonOrNull(record.pasted),
      jsonOrNull(record.edit),
      record.thinking,
      JSON.stringify(record.systemPrompt),
      jsonOrNull(record.replySettings),
      record.modelId,
      record.leafId,
      record.promptFrom,
      jsonOrNull(record.place),
      record.archived ? 1 : 0,
      record.searchesFolder ? 1 : 0,
      this.#owner,
    );
    if (record.folder) this.#folderOf.set(id, record.folder);
    this.#current = { id, record, otherIds: new Map(), documents: new Map(), adding: null };
  }

  #addDocument(current: Current, { id, damaged, ...document }: DocumentRecord): void {
    const row = { ...document, ...(this.#isFree("documents", id) && { id }) };
    const stored = this.#documents.insert(row, damaged === true);
    current.documents.set(id, stored);
    current.adding = { documentId: stored, part: 1, chars: 0 };
  }

  #addText({ adding }: Current, { part, text }: TextRecord): void {
    if (adding === null) throw new Error("A text without a document");
    if (adding.part !== part) Object.assign(adding, { part, chars: 0 });
    this.#documents.addText(adding.documentId, part, adding.chars, text);
    adding.chars += text.length;
  }

  #attach({ documents }: Current, to: AttachedTo, attachments: DraftRecord["attachments"]): void {
    for (const { documentId, ...use } of attachments) {
      this.#attachments.attach(to, documents.get(documentId) ?? "", use);
    }
  }

  #addMessage(current: Current, record: MessageRecord): void {
    const { otherIds } = current;
    let { id } = record;
    if (!this.#isFree("messages", id)) {
      id = randomUUID();
      otherIds.set(record.id, id);
    }
    const { parentId } = record;
    const row: MessageRow = {
      id,
      chatId: current.id,
      parentId: parentId === null ? null : (otherIds.get(parentId) ?? parentId),
      role: record.role,
      createdAt: record.createdAt,
      text: JSON.stringify(record.text),
      thought: jsonOrNull(record.thought),
      state: record.state,
      model: jsonOrNull(record.model),
      stats: jsonOrNull(record.stats),
      problem: jsonOrNull(record.problem),
      owner: null,
      summary: jsonOrNull(record.summary),
    };
    this.#messages.add(row, record.text);
    this.#attach(current, { messageId: id }, record.attachments ?? []);
  }

  /** Ids of temporary chats say where they are kept, which is not here. */
  #isFree(table: "chats" | "messages" | "documents", id: string): boolean {
    return !isTemporary(id) && this.#statements.get(`SELECT 1 FROM ${table} WHERE id = ?`, id) === undefined;
  }

  /** Remembers the chat, and corrects the ids of messages in its own row, once all are known. */
  #endChat(): void {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    const { id, record, otherIds } = current;
    this.#stored.push({ id, digest: this.#digestOf(id) });
    if (otherIds.size === 0) return;
    const stored = (messageId: string): string => otherIds.get(messageId) ?? messageId;
    const { leafId, promptFrom, place, edit } = record;
    this.#statements.run(
      "UPDATE chats SET leafId = ?, promptFrom = ?, place = ?, edit = ? WHERE id = ?",
      leafId === null ? null : stored(leafId),
      promptFrom === null ? null : stored(promptFrom),
      place && JSON.stringify({ ...place, messageId: stored(String(place["messageId"])) }),
      edit && JSON.stringify({ ...edit, messageId: stored(edit.messageId) }),
      id,
    );
  }
}
