import { randomUUID } from "node:crypto";
import { z } from "zod";
import { boxedResult } from "../../contract/boxedResult.ts";
import {
  type Beginning,
  beginningSchema,
  type Chat,
  type ChatSummary,
  type Draft,
  type KeptEdit,
  keptEditSchema,
  type NewDraft,
  type ReadingPlace,
  type SavedDraft,
  readingPlaceSchema,
  type Thinking,
  thinkingSchema,
} from "../../contract/chats.ts";
import { defaultReplySettings } from "../../contract/defaultReplySettings.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { foldedBesideText } from "../../contract/foldText.ts";
import { mergeDrafts } from "../../contract/mergeTexts.ts";
import { type replySettingsChangeSchema, replySettingsSchema } from "../../contract/replySettings.ts";
import { isUuid } from "../isUuid.ts";
import { column, integer, json, jsonOrNull, RowSchema } from "./RowSchema.ts";
import { readPageCursor } from "./readPageCursor.ts";
import type { Statements } from "./Statements.ts";

/**
 * A chat as stored. The store does not know which run writes in it and whether it is shown as plain text. Its result is
 * read only where chats are listed, because that takes longer than all the rest.
 */
export type StoredChat = Omit<Chat, "runId" | "isPlain" | "result">;

/** A chat as the list shows it, without its run. */
export type StoredSummary = Omit<ChatSummary, "runId">;

/** Chats of the list, first the pinned ones, then the most recently changed ones. */
export interface StoredChatPage {
  chats: StoredSummary[];
  next: string | null;
}

const optionalId = column(z.string().nullable(), null);
const summaryColumns = {
  id: column(z.string(), ""),
  title: column(json(z.string()), ""),
  createdAt: column(integer, 0),
  updatedAt: column(integer, 0),
  pinned: column(
    integer.transform((value) => value === 1),
    false,
  ),
  folderId: column(z.string().nullable(), null),
  archived: column(
    integer.transform((value) => value !== 0),
    false,
  ),
};
const summarySchema = new RowSchema(summaryColumns);
const draftColumns = {
  draft: column(json(z.string()), ""),
  pasted: column(
    json(z.array(z.string()))
      .nullable()
      .transform((texts) => texts ?? []),
    [],
  ),
};
const draftSchema = new RowSchema(draftColumns);
const newChatSchema = new RowSchema({ ...draftColumns, beginning: column(json(beginningSchema).nullable(), null) });
const schema = new RowSchema({
  ...summaryColumns,
  ...draftColumns,
  thinking: column(thinkingSchema, "on"),
  systemPrompt: column(json(z.string()), ""),
  replySettings: column(
    json(replySettingsSchema)
      .nullable()
      .transform((settings) => settings ?? defaultReplySettings),
    defaultReplySettings,
  ),
  modelId: optionalId,
  // An unreadable reading position counts as the end of the chat and is not reported as damage.
  place: column(json(readingPlaceSchema).nullable().catch(null), null),
  promptFrom: optionalId,
  searchesFolder: column(
    integer.transform((value) => value !== 0),
    true,
  ),
  edit: column(json(keptEditSchema).nullable(), null),
});

export interface ChatSettings {
  thinking?: Thinking | undefined;
  systemPrompt?: string | undefined;
  replySettings?: z.output<typeof replySettingsChangeSchema> | undefined;
  modelId?: string | null | undefined;
  promptFrom?: string | null | undefined;
  searchesFolder?: boolean | undefined;
}

/** Hides chats that are being erased, in place of the process that may show them again. No process has it. */
export const doom = "00000000-0000-4000-8000-000000000000";

/** Which chats are listed: those that match what is given. */
export interface ListedPart {
  /** Null: those in no folder. */
  folderId?: string | null | undefined;
  archived?: boolean | undefined;
  /** A title must contain all of them. */
  words?: readonly string[] | undefined;
}

/** Texts without a folded copy differ from it only in ASCII capitals, which `lower` folds. */
const titleHoldsWord =
  "instr(coalesce(foldedTitle, lower(iif(json_valid(title), json_extract(title, '$'), ''))), ?) > 0";

const mostAnswerBytes = 200_000;
/** The answers among some messages, if there may be a result in them. */
const boxedAnswers = `SELECT id, text FROM messages WHERE id IN (SELECT value FROM json_each(?)) AND role = 'assistant'
  AND state <> 'streaming' AND octet_length(text) <= ${mostAnswerBytes} AND instr(text, 'boxed') > 0`;
const answerSchema = new RowSchema({ text: column(json(z.string()), "") });

/** The chats. Hidden ones are left out unless stated otherwise. */
export class ChatTable {
  readonly #statements: Statements;
  readonly #idPrefix: string;

  constructor(statements: Statements, idPrefix = "") {
    this.#statements = statements;
    this.#idPrefix = idPrefix;
  }

  insert(thinking: Thinking, modelId: string | null, folderId: string | null = null): StoredChat {
    const now = Date.now();
    const id = this.#idPrefix + randomUUID();
    // Texts are stored as JSON.
    const sql = `INSERT INTO chats (id, title, titledBy, createdAt, updatedAt, draft, thinking, systemPrompt, modelId, folderId)
       VALUES (?, '""', 'nobody', ?, ?, '""', ?, '""', ?, ?)`;
    this.#statements.run(sql, id, now, now, thinking, modelId, folderId);
    return this.read(id);
  }

  /** Returns a chat. Throws `chat-not-found`, also for a hidden chat. */
  read(chatId: string): StoredChat {
    const [row] = this.#statements.raw("SELECT * FROM chats WHERE id = ? AND hiddenBy IS NULL", chatId);
    if (row === undefined) throw new WorkbenchError("chat-not-found");
    // A row that was changed on the disk is read as far as possible.
    const { values, damaged } = schema.read(row);
    return { ...values, problem: damaged ? { code: "chat-damaged" } : null };
  }

  /** Returns a chat as the list shows it. Throws `chat-not-found`, also for a hidden chat. */
  listed(chatId: string): StoredSummary {
    const chat = this.read(chatId);
    const leafId = this.leafOf(chatId);
    return { ...chat, ...this.#results([leafId]).get(leafId) };
  }

  /** Returns the id of the last message of the shown branch. */
  leafOf(chatId: string): string | null {
    const sql = "SELECT leafId FROM chats WHERE id = ?";
    return this.#statements.get<{ leafId: string | null }>(sql, chatId)?.leafId ?? null;
  }

  /** Returns a page of the list. */
  page(cursor: string | null, limit: number, { folderId, archived, words = [] }: ListedPart = {}): StoredChatPage {
    const where = [
      "hiddenBy IS NULL",
      ...(archived === undefined ? [] : [archived ? "archived <> 0" : "archived = 0"]),
      ...(folderId === undefined ? [] : ["folderId IS ?"]),
      "(pinned, updatedAt, sequence) < (?, ?, ?)",
      ...words.map(() => titleHoldsWord),
    ];
    const rows = this.#statements.raw(
      `SELECT sequence, id, title, createdAt, updatedAt, pinned, folderId, archived, leafId FROM chats
       WHERE ${where.join(" AND ")} ORDER BY pinned DESC, updatedAt DESC, sequence DESC LIMIT ?`,
      ...(folderId === undefined ? [] : [folderId]),
      ...readPageCursor(cursor),
      ...words,
      limit + 1,
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const listed = rows.slice(0, limit);
    const results = this.#results(listed.map(({ leafId }) => leafId));
    return {
      chats: listed.map((row) => ({ ...summarySchema.read(row).values, ...results.get(row["leafId"]) })),
      next: last === undefined ? null : ["pinned", "updatedAt", "sequence"].map((name) => String(last[name])).join("."),
    };
  }

  /**
   * Returns the results of the replies that branches end with, by their ids. They are read from the answers each time, so
   * that they never differ from them; an answer that is longer than any with a result is not read.
   */
  #results(leafIds: readonly unknown[]): Map<unknown, { result: string }> {
    const found = new Map<unknown, { result: string }>();
    try {
      for (const row of this.#statements.raw(boxedAnswers, JSON.stringify(leafIds.map(String)))) {
        const result = boxedResult(answerSchema.read(row).values.text);
        if (result !== null) found.set(row["id"], { result });
      }
    } catch {
      // A page of the disk that cannot be read is reported where the message is read.
    }
    return found;
  }

  rename(chatId: string, title: string): void {
    const columns = "title = ?, foldedTitle = ?, titledBy = 'user'";
    this.#set(chatId, columns, JSON.stringify(title), foldedBesideText(title));
  }

  /** Sets the title unless a message or the user has set one. */
  titleFromMessage(chatId: string, title: string): void {
    // A later message may contain words.
    if (title === "") return;
    const sql =
      "UPDATE chats SET title = ?, foldedTitle = ?, titledBy = 'message' WHERE id = ? AND titledBy = 'nobody'";
    this.#statements.run(sql, JSON.stringify(title), foldedBesideText(title), chatId);
  }

  /** Returns whether the title is the first question. */
  isTitledByMessage(chatId: string): boolean {
    const sql = "SELECT 1 FROM chats WHERE id = ? AND titledBy = 'message' AND hiddenBy IS NULL";
    return this.#statements.get(sql, chatId) !== undefined;
  }

  /** Replaces the first question as the title, for good. Returns false if the title is another one by now. */
  titleByModel(chatId: string, title: string): boolean {
    const sql = `UPDATE chats SET title = ?, foldedTitle = ?, titledBy = 'user'
      WHERE id = ? AND titledBy = 'message' AND hiddenBy IS NULL`;
    return this.#statements.run(sql, JSON.stringify(title), foldedBesideText(title), chatId) > 0;
  }

  setPinned(chatId: string, pinned: boolean): void {
    this.#set(chatId, "pinned = ?", pinned ? 1 : 0);
  }

  setArchived(chatId: string, archived: boolean): void {
    this.#set(chatId, "archived = ?", archived ? 1 : 0);
  }

  /**
   * Pasted texts that are left out stay as they are. With `before`, the draft of which this one is a change, what was
   * saved since stays too. A hidden chat may be restored: its last words are saved too. Returns the draft as saved.
   */
  saveDraft(chatId: string | null, { draft, pasted }: SavedDraft, before?: SavedDraft): SavedDraft {
    if (before !== undefined) {
      const now = this.#draft(chatId);
      const merged = mergeDrafts({ draft: before.draft, pasted: before.pasted ?? now.pasted }, now, {
        draft,
        pasted: pasted ?? now.pasted,
      });
      return this.saveDraft(chatId, { draft: merged.draft, ...(pasted && { pasted: merged.pasted }) });
    }
    const values = [JSON.stringify(draft), pasted === undefined ? null : JSON.stringify(pasted)];
    const saved = { draft, ...(pasted && { pasted }) };
    if (chatId !== null) {
      const sql = "UPDATE chats SET draft = ?, pasted = coalesce(?, pasted) WHERE id = ? AND hiddenBy IS NOT ?";
      expectFound(this.#statements.run(sql, ...values, chatId, doom));
      return saved;
    }
    this.#expectNewChat();
    this.#statements.run("UPDATE newChat SET draft = ?, pasted = coalesce(?, pasted)", ...values);
    return saved;
  }

  /** Returns the draft of the chat that is not created yet, and what was chosen for it. */
  newDraft(): NewDraft {
    const [row] = this.#statements.raw("SELECT draft, pasted, beginning FROM newChat");
    return newChatSchema.read(row ?? {}).values;
  }

  saveBeginning(beginning: Beginning | null): void {
    this.#expectNewChat();
    this.#statements.run("UPDATE newChat SET beginning = ?", jsonOrNull(beginning));
  }

  /** Writes the draft of the chat that is not created yet as it is. */
  touchNewChat(): void {
    this.#statements.run("UPDATE newChat SET draft = draft");
  }

  saveEdit(chatId: string, edit: KeptEdit | null): void {
    const sql = "UPDATE chats SET edit = ? WHERE id = ? AND hiddenBy IS NOT ?";
    expectFound(this.#statements.run(sql, jsonOrNull(edit), chatId, doom));
  }

  savePlace(chatId: string, place: ReadingPlace | null): void {
    this.#set(chatId, "place = ?", jsonOrNull(place));
  }

  configure(chatId: string, settings: ChatSettings): StoredChat {
    const chat = this.read(chatId);
    this.#statements.run(
      `UPDATE chats SET thinking = ?, systemPrompt = ?, replySettings = ?, modelId = ?, promptFrom = ?, searchesFolder = ?
       WHERE id = ?`,
      settings.thinking ?? chat.thinking,
      JSON.stringify(settings.systemPrompt ?? chat.systemPrompt),
      JSON.stringify({ ...chat.replySettings, ...settings.replySettings }),
      settings.modelId === undefined ? chat.modelId : settings.modelId,
      settings.promptFrom === undefined ? chat.promptFrom : settings.promptFrom,
      (settings.searchesFolder ?? chat.searchesFolder) ? 1 : 0,
      chatId,
    );
    return this.read(chatId);
  }

  /** Shows the branch that ends at `leafId`. */
  chooseLeaf(chatId: string, leafId: string | null): void {
    this.#statements.run("UPDATE chats SET leafId = ? WHERE id = ?", leafId, chatId);
  }

  touch(chatId: string): void {
    this.#statements.run("UPDATE chats SET updatedAt = ? WHERE id = ?", Date.now(), chatId);
  }

  hide(chatId: string, owner: string): void {
    this.#set(chatId, "hiddenBy = ?", owner);
  }

  /** Shows a hidden chat again. Throws `chat-not-found` if it was erased or is being erased. */
  restore(chatId: string): void {
    const sql = "UPDATE chats SET hiddenBy = NULL WHERE id = ? AND hiddenBy IS NOT ?";
    expectFound(this.#statements.run(sql, chatId, doom));
  }

  /** Returns the owners that hide chats. */
  owners(): string[] {
    const sql = "SELECT DISTINCT hiddenBy FROM chats WHERE hiddenBy IS NOT NULL AND hiddenBy <> ?";
    return this.#statements.all<{ hiddenBy: string }>(sql, doom).map(({ hiddenBy }) => hiddenBy);
  }

  /** Shows chats that name no process as their owner: their column was damaged, and they must not be erased for that. */
  showHiddenByNobody(): void {
    for (const owner of this.owners())
      if (!isUuid(owner)) this.#statements.run("UPDATE chats SET hiddenBy = NULL WHERE hiddenBy = ?", owner);
  }

  /** Marks chats to be erased (see `Erasure`). From then on they count as erased. */
  doom(chatIds: readonly string[]): void {
    const sql = "UPDATE chats SET hiddenBy = ? WHERE id IN (SELECT value FROM json_each(?))";
    this.#statements.run(sql, doom, JSON.stringify(chatIds));
  }

  /** Marks the chats that this owner hides. */
  doomHiddenBy(owner: string): void {
    this.#statements.run("UPDATE chats SET hiddenBy = ? WHERE hiddenBy = ?", doom, owner);
  }

  /** Returns the ids of the marked chats. */
  doomed(): string[] {
    return this.#ids("hiddenBy = ?", doom);
  }

  isDoomed(chatId: string): boolean {
    return this.#ids("id = ? AND hiddenBy = ?", chatId, doom).length > 0;
  }

  /** Erases the chat and its messages. Does nothing if it no longer exists. */
  erase(chatId: string): void {
    this.#statements.run("DELETE FROM chats WHERE id = ?", chatId);
  }

  /** Returns the ids of all chats, also of hidden ones. */
  ids(): string[] {
    return this.#ids("hiddenBy IS NOT ?", doom);
  }

  #ids(where: string, ...values: string[]): string[] {
    return this.#statements.all<{ id: string }>(`SELECT id FROM chats WHERE ${where}`, ...values).map(({ id }) => id);
  }

  /** Erases all chats and the draft of the chat that is not created yet. Their messages must be erased first. */
  eraseAll(): void {
    this.#statements.run("DELETE FROM chats");
    this.#statements.run("DELETE FROM newChat");
    this.#expectNewChat();
  }

  /** Makes sure that the row of the chat that is not created yet is there, and no other one. */
  #expectNewChat(): void {
    if (this.#statements.raw("SELECT 1 FROM newChat").length === 1) return;
    this.#statements.run("DELETE FROM newChat");
    this.#statements.run("INSERT INTO newChat (draft) VALUES ('\"\"')");
  }

  #draft(chatId: string | null): Draft {
    const [row] =
      chatId === null
        ? this.#statements.raw("SELECT draft, pasted FROM newChat")
        : this.#statements.raw("SELECT draft, pasted FROM chats WHERE id = ?", chatId);
    return draftSchema.read(row ?? {}).values;
  }

  #set(chatId: string, columns: string, ...values: (string | number | null)[]): void {
    const sql = `UPDATE chats SET ${columns} WHERE id = ? AND hiddenBy IS NULL`;
    expectFound(this.#statements.run(sql, ...values, chatId));
  }
}

function expectFound(rows: number): void {
  if (rows === 0) throw new WorkbenchError("chat-not-found");
}
