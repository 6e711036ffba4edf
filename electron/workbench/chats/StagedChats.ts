import { createHash, randomUUID } from "node:crypto";
import { foldedBesideText } from "../../contract/foldText.ts";
import { isTemporary } from "../../contract/isTemporary.ts";
import type { ChatRecord, MessageRecord } from "../exports/chatFile.ts";
import type { ChatTable } from "./ChatTable.ts";
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

interface Current {
  id: string;
  record: ChatRecord;
  /** The ids under which messages are stored, by those in the file, where they differ. */
  otherIds: Map<string, string>;
}

const chatColumns =
  "id, title, foldedTitle, titledBy, createdAt, updatedAt, pinned, draft, pasted, edit, thinking, systemPrompt, replySettings, modelId, leafId, promptFrom, place, hiddenBy";
const chatMarks = chatColumns.replaceAll(/\w+/g, "?");

/**
 * Chats that are being imported. They are hidden by this process until all of them are there, so that the next start
 * erases them if it dies. Call everything inside write transactions.
 */
export class StagedChats {
  readonly #statements: Statements;
  readonly #chats: ChatTable;
  readonly #messages: MessageTable;
  readonly #owner: string;
  #ids: string[] = [];
  #current: Current | null = null;

  constructor({ statements, chats, messages }: StoreTables, owner: string) {
    this.#statements = statements;
    this.#chats = chats;
    this.#messages = messages;
    this.#owner = owner;
  }

  /** Stores records, as JSON, in the order of the file: each chat before its messages, each message after its parent. */
  add(lines: readonly string[]): void {
    for (const line of lines) {
      // The import has parsed and checked it.
      const record = JSON.parse(line) as ChatRecord | MessageRecord;
      if (record.type === "chat") this.#addChat(record);
      else this.#addMessage(record);
    }
  }

  /** Shows all chats, and returns them. */
  show(): ImportedChat[] {
    this.#endChat();
    for (const id of this.#ids) this.#statements.run("UPDATE chats SET hiddenBy = NULL WHERE id = ?", id);
    const shown = this.#ids.flatMap((id) => this.#imported(id) ?? []);
    this.#ids = [];
    return shown;
  }

  /** Returns the ids of what was stored so far and forgets them. It is still hidden. */
  giveUp(): string[] {
    const ids = this.#ids;
    this.#ids = [];
    this.#current = null;
    return ids;
  }

  /** Returns which of these chats are there and not hidden. */
  shown(ids: readonly string[]): string[] {
    return ids.filter((id) => this.#imported(id) !== null);
  }

  /** Hides those chats that were not changed since they were shown, and returns their ids. */
  hideUnchanged(chats: readonly ImportedChat[]): string[] {
    const unchanged = chats.filter(({ id, digest }) => this.#imported(id)?.digest === digest).map(({ id }) => id);
    for (const id of unchanged) this.#chats.hide(id, this.#owner);
    return unchanged;
  }

  /**
   * Erases hidden chats. Removing words from the search index at once takes a hundred times longer, and the user has the
   * file that they came from: `MessageTable.removeSomeWords` does it later.
   */
  erase(ids: readonly string[]): void {
    this.#messages.removeWordsAtOnce(false);
    for (const id of ids) this.#chats.erase(id);
    this.#messages.removeWordsAtOnce(true);
  }

  /** Returns a chat with its digest now, or null if it no longer exists or is hidden. */
  #imported(id: string): ImportedChat | null {
    const [row] = this.#statements.raw(
      `SELECT title, updatedAt, draft, pasted, systemPrompt, (SELECT count(*) FROM messages WHERE chatId = chats.id) AS messages
       FROM chats WHERE id = ? AND hiddenBy IS NULL`,
      id,
    );
    if (row === undefined) return null;
    return { id, digest: createHash("sha256").update(Object.values(row).map(String).join("\0")).digest("base64") };
  }

  #addChat(record: ChatRecord): void {
    this.#endChat();
    const id = this.#isFree("chats", record.id) ? record.id : randomUUID();
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
      this.#owner,
    );
    this.#ids.push(id);
    this.#current = { id, record, otherIds: new Map() };
  }

  #addMessage(record: MessageRecord): void {
    const current = this.#current;
    if (current === null) throw new Error("A message without a chat");
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
    };
    this.#messages.add(row, record.text);
  }

  /** Ids of temporary chats say where they are kept, which is not here. */
  #isFree(table: "chats" | "messages", id: string): boolean {
    return !isTemporary(id) && this.#statements.get(`SELECT 1 FROM ${table} WHERE id = ?`, id) === undefined;
  }

  /** Corrects the ids of messages in the chat's own row, once all are known. */
  #endChat(): void {
    const current = this.#current;
    this.#current = null;
    if (current === null || current.otherIds.size === 0) return;
    const { id, record, otherIds } = current;
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
