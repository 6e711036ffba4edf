import { z } from "zod";
import { keptEditSchema, thinkingSchema } from "../../contract/chats.ts";
import type { Attachment } from "../../contract/documents.ts";
import { memoryStart } from "../../contract/memoryStart.ts";
import { AttachmentTable } from "../chats/AttachmentTable.ts";
import { DocumentTable } from "../chats/DocumentTable.ts";
import { FolderTable } from "../chats/FolderTable.ts";
import { messageColumns, isIntact, readMessageRow } from "../chats/messageRow.ts";
import { MessageTable } from "../chats/MessageTable.ts";
import { MessageTree } from "../chats/MessageTree.ts";
import { busyTimeoutMs, type Database } from "../chats/openDatabase.ts";
import { column, integer, json, RowSchema } from "../chats/RowSchema.ts";
import { Statements } from "../chats/Statements.ts";
import { storeFile } from "../chats/storeFile.ts";
import { openSqlite } from "../sqlite/openSqlite.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import type { ExportedDocument } from "./ExportedChats.ts";
import {
  type AttachedRecord,
  type ChatRecord,
  type DocumentRecord,
  type DraftRecord,
  type FolderRecord,
  lastTime,
  type MessageRecord,
  type TextRecord,
} from "./chatFile.ts";

const time = column(
  integer.refine((value) => Math.abs(value) <= lastTime),
  0,
);
const object = column(json(z.record(z.string(), z.unknown())).nullable(), null);
const optionalId = column(z.string().min(1).max(64).nullable(), null);
const schema = new RowSchema({
  id: column(z.string(), ""),
  title: column(json(z.string()), ""),
  titledBy: column(z.enum(["nobody", "message", "user"]), "nobody"),
  createdAt: time,
  updatedAt: time,
  pinned: column(
    integer.transform((value) => value === 1),
    false,
  ),
  thinking: column(thinkingSchema, "on"),
  systemPrompt: column(json(z.string()), ""),
  replySettings: object,
  modelId: column(z.string().max(200).nullable(), null),
  leafId: optionalId,
  promptFrom: optionalId,
  place: object,
  draft: column(json(z.string()), ""),
  pasted: column(json(z.array(z.string())).nullable(), null),
  archived: column(
    integer.transform((value) => value !== 0),
    false,
  ),
  searchesFolder: column(
    integer.transform((value) => value !== 0),
    true,
  ),
  edit: column(json(keptEditSchema.extend({ messageId: z.string().min(1).max(64) })).nullable(), null),
});

/** The chats of a store as records of a chat file. */
export class StoredChats {
  readonly #database: Database;
  readonly #statements: Statements;
  readonly #messages: MessageTable;
  readonly #documents: DocumentTable;
  readonly #attachments: AttachmentTable;
  readonly #folders: ReadonlyMap<string, Omit<FolderRecord, "type">>;
  /** What the chat file says of the documents of the last chat. */
  readonly #written = new Map<string, Pick<DocumentRecord, "unit" | "parts"> & { isIntact: boolean }>();

  /** `database`: of a store with the newest schema. It is closed by `close`. */
  constructor(database: Database) {
    this.#database = database;
    this.#statements = new Statements(this.#database);
    this.#messages = new MessageTable(this.#statements);
    this.#documents = new DocumentTable(this.#statements);
    this.#attachments = new AttachmentTable(this.#statements, this.#documents);
    const folders = new FolderTable(this.#statements).list().filter(({ name }) => name !== "");
    this.#folders = new Map(folders.map(({ id, name }) => [id, { id, name }]));
  }

  /**
   * Returns the chats of a home as they are at one moment, while the store goes on writing. It must have been opened
   * before, so that it has the newest schema.
   */
  static in(home: string, key: StoreKey | null = null): StoredChats {
    const database = openSqlite(storeFile(home, key), { key, readOnly: true, timeout: busyTimeoutMs });
    // What is read until the end of this transaction is as it was at its first read.
    database.exec("BEGIN");
    return new StoredChats(database);
  }

  /** Returns the ids of all chats, or those of the given ones that exist, in the order in which they were stored. */
  ids(wanted: readonly string[] | null): string[] {
    const all = this.#statements
      .all<{ id: string }>("SELECT id FROM chats WHERE hiddenBy IS NULL ORDER BY sequence")
      .map(({ id }) => id);
    if (wanted === null) return all;
    const chosen = new Set(wanted);
    return all.filter((id) => chosen.has(id));
  }

  /** Returns the size of the whole store, in bytes. */
  sizeBytes(): number {
    const pages = this.#statements.get<{ bytes: number }>(
      "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()",
    );
    return pages?.bytes ?? 0;
  }

  /** Returns a chat. What was changed on the disk and cannot be read is replaced by a default. */
  chat(id: string): ChatRecord {
    const [row = {}] = this.#statements.raw("SELECT * FROM chats WHERE id = ?", id);
    const { values } = schema.read(row);
    const folder = this.#folders.get(String(row["folderId"])) ?? null;
    return { type: "chat", ...values, id, folder };
  }

  /** Returns the folders in which no chat is, in their order. */
  emptyFolders(): FolderRecord[] {
    const sql = "SELECT DISTINCT folderId AS id FROM chats WHERE hiddenBy IS NULL AND folderId IS NOT NULL";
    const filled = new Set(this.#statements.all<{ id: string }>(sql).map(({ id }) => id));
    return [...this.#folders.values()]
      .filter(({ id }) => !filled.has(id))
      .map((folder) => ({ type: "folder", ...folder }));
  }

  /** Returns the messages of a chat, each after its parent: of all branches, or of the shown one. */
  *messages(chat: ChatRecord, branches: "all" | "shown"): Generator<MessageRecord> {
    const tree = new MessageTree(this.#messages.tree(chat.id, chat.leafId));
    const { leafId } = chat;
    const leaf = leafId !== null && tree.node(leafId) !== undefined ? leafId : tree.newest;
    for (const id of branches === "all" ? tree.ids : tree.branchTo(leaf)) {
      const message = this.#message(chat.id, tree, id);
      if (message !== null) yield message;
    }
  }

  /** Returns the id of the message of the shown branch whose summary the model reads, or null. */
  summaryRead(chat: ChatRecord): string | null {
    const sql = "SELECT id FROM messages WHERE chatId = ? AND summary IS NOT NULL LIMIT 1";
    if (this.#statements.get(sql, chat.id) === undefined) return null;
    const branch = Array.from(this.messages(chat, "shown"), ({ id, summary }) => ({ id, ...(summary && { summary }) }));
    const { index, summary } = memoryStart(chat.promptFrom, branch);
    return summary === null ? null : (branch[index - 1]?.id ?? null);
  }

  /** Returns the documents of a chat with their texts, as far as they can be read, and which of them its draft has. */
  *documents(chatId: string): Generator<DocumentRecord | TextRecord | DraftRecord> {
    this.#written.clear();
    for (const id of this.#attachments.documentsOf(chatId)) {
      const { document, pieces, isIntact } = this.#documents.readWhole(id);
      const { name, title } = document;
      const named = { name: name.slice(0, 1000) || "?", title: title?.slice(0, 10_000) ?? null };
      this.#written.set(id, { ...document, isIntact });
      yield { type: "document", ...document, ...named, ...(!isIntact && { damaged: true }) };
      for (const piece of pieces) yield { type: "text", ...piece };
    }
    const attachments = this.#attachments.ofDraft(chatId).map((attachment) => this.#attached(attachment));
    if (attachments.length > 0) yield { type: "draft", attachments };
  }

  /** Returns the documents of a message, with what was found in them for it. */
  documentsOf({ attachments = [] }: MessageRecord): ExportedDocument[] {
    return attachments.map(({ documentId, passages }) => {
      const { name, unit } = this.#documents.read(documentId);
      return { name, unit, passages: this.#documents.passages(documentId, passages, false) };
    });
  }

  close(): void {
    this.#database.close();
  }

  /** How a document is used, without the pages and passages that a damaged one does not have. */
  #attached({ documentId, use, pages, passages, ofFolder }: Attachment): AttachedRecord {
    const record = { documentId, use, pages, passages, ...(ofFolder && { ofFolder }) };
    const document = this.#written.get(documentId);
    if (document === undefined) return record;
    const { unit, parts, isIntact } = document;
    if (isIntact) return record;
    // What was found in it may be elsewhere in what is left of its text.
    const chosen = unit === null ? [] : (pages ?? []).filter(({ last }) => last <= parts);
    return { ...record, pages: chosen.length === 0 ? null : chosen, passages: [] };
  }

  #message(chatId: string, tree: MessageTree, id: string): MessageRecord | null {
    const node = tree.node(id);
    if (node === undefined) return null;
    const [row] = this.#statements.raw(`SELECT ${messageColumns} FROM messages WHERE sequence = ?`, node.sequence);
    if (row === undefined) return null;
    const place = { type: "message", id, parentId: node.parentId } as const;
    const attachments = this.#attachments.ofMessage(id).map((attachment) => this.#attached(attachment));
    if (row["state"] === "streaming") {
      const message = this.#messages.read(chatId, node, []);
      if (message === undefined) return null;
      const { role, createdAt, text, thought, model, problem } = message;
      return {
        ...place,
        role,
        createdAt,
        text,
        thought,
        state: "interrupted",
        model: { ...model },
        stats: null,
        problem: problem && { ...problem },
      };
    }
    // An intact row is returned as it was written, and not as it is read, so that it can be stored again unchanged.
    const { role, createdAt, text, thought, state, model, stats, problem, summary } = isIntact(row)
      ? written(row)
      : readMessageRow(row);
    const record = { ...place, role, createdAt, text, thought, state, model, stats, problem } as MessageRecord;
    return {
      ...record,
      ...(attachments.length > 0 && { attachments }),
      ...(summary ? { summary: summary as NonNullable<MessageRecord["summary"]> } : {}),
    };
  }
}

function written(row: Readonly<Record<string, unknown>>): Record<keyof ReturnType<typeof readMessageRow>, unknown> {
  const read = (value: unknown): unknown => (typeof value === "string" ? JSON.parse(value) : null);
  return {
    role: row["role"],
    createdAt: Number(row["createdAt"]),
    text: read(row["text"]),
    thought: read(row["thought"]),
    state: row["state"],
    model: read(row["model"]),
    stats: read(row["stats"]),
    problem: read(row["problem"]),
    summary: read(row["summary"]),
  };
}
