import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Message, MessageState, ReplyStats } from "../../contract/chats.ts";
import type { EarlierSummary } from "../../contract/earlierSummary.ts";
import { type Problem } from "../../contract/errors.ts";
import { foldedBesideText } from "../../contract/foldText.ts";
import { columnsOf, hashOf, isIntact, type MessageRow, messageColumns, readMessageRow } from "./messageRow.ts";
import { column, json, jsonOrNull, RowSchema } from "./RowSchema.ts";
import { rowsWithin } from "./rowsWithin.ts";
import type { Statements } from "./Statements.ts";

export interface NewMessage {
  chatId: string;
  parentId: string | null;
  role: "user" | "assistant";
  text: string;
  state: MessageState;
  model: Message["model"];
  owner: string | null;
}

/** How a reply ended. */
export interface ReplyEnd {
  text: string;
  thought: string | null;
  state: Exclude<MessageState, "streaming">;
  stats: ReplyStats | null;
  problem: Problem | null;
  /** By default, the model stored when the reply began. */
  model?: Message["model"];
}

/** A message's place in its chat's tree. */
export interface TreeNode {
  id: string;
  parentId: string | null;
  /** The row number. A bigint, because a damaged one can be too large for a number. */
  sequence: bigint;
}

/** What a message says, without the facts about it. */
export interface MessageTexts {
  id: string;
  role: Message["role"];
  text: string;
  thought: string | null;
}

/** The text of a reply so far. `whole` is false if a piece of it can no longer be read. */
interface Journalled {
  text: string;
  thought: string | null;
  whole: boolean;
}

const pieceSchema = new RowSchema({
  part: column(z.enum(["thought", "answer"]), "answer"),
  text: column(json(z.string()), ""),
});
const textsSchema = new RowSchema({
  id: column(z.string(), ""),
  role: column(z.enum(["user", "assistant"]), "user"),
  text: column(json(z.string()), ""),
  thought: column(json(z.string()).nullable(), null),
});
const endColumns = ["text", "thought", "state", "stats", "problem", "model", "owner"] as const;
/** What is read of a text whose beginning is shown. */
const beginningChars = 400;
const inList = "sequence IN (SELECT value FROM json_each(?))";
const marks = messageColumns.replaceAll(/\w+/g, "?");

/** The messages of all chats. Reading checks each row against its hash, and writing sets the hash. */
export class MessageTable {
  readonly #statements: Statements;
  readonly #idPrefix: string;

  constructor(statements: Statements, idPrefix = "") {
    this.#statements = statements;
    this.#idPrefix = idPrefix;
  }

  insert(message: NewMessage): string {
    return this.#add(message, { thought: null, stats: null, problem: null });
  }

  /** Inserts a row as it is. `text` is what its column of that name has as JSON. */
  add(row: MessageRow, text: string): void {
    const sql = `INSERT INTO messages (${messageColumns}, folded) VALUES (${marks}, ?)`;
    this.#statements.run(sql, ...columnsOf(row), hashOf(row), foldedBesideText(text));
  }

  /** Inserts a copy of an ended message into another chat. Returns its id. */
  copy(message: Message, chatId: string, parentId: string | null): string {
    const { role, text, state, model } = message;
    const { thought, stats, problem, summary } = message;
    return this.#add({ chatId, parentId, role, text, state, model, owner: null }, { thought, stats, problem }, summary);
  }

  /** Stores the summary of a message and those above it, or removes it. A damaged message stays recognizable as damaged. */
  setSummary(messageId: string, summary: EarlierSummary | null): void {
    this.#set(messageId, "summary", jsonOrNull(summary));
  }

  /** Stores which model wrote a reply, and how. A damaged message stays recognizable as damaged. */
  setModel(messageId: string, model: Message["model"]): void {
    this.#set(messageId, "model", jsonOrNull(model));
  }

  /** Opens an ended reply again, with its text as the beginning of the journal. */
  reopen({ id, thought, text }: Message, owner: string): void {
    const row = this.#row(id);
    if (row === undefined) return;
    this.#rewrite({ ...row, state: "streaming", problem: null, owner });
    if (thought !== null) this.append(id, "thought", thought);
    if (text !== "") this.append(id, "answer", text);
  }

  /** Moves messages to another chat. A damaged one stays recognizable as damaged. */
  move(messageIds: readonly string[], chatId: string): void {
    for (const id of messageIds) {
      const [raw] = this.#statements.raw(`SELECT ${messageColumns} FROM messages WHERE id = ?`, id);
      const row = this.#row(id);
      if (raw === undefined || row === undefined) continue;
      // Columns that the search index depends on are not named: it would remove and add all words again.
      const hash = isIntact(raw) ? hashOf({ ...row, chatId }) : null;
      this.#statements.run("UPDATE messages SET chatId = ?, hash = coalesce(?, hash) WHERE id = ?", chatId, hash, id);
    }
  }

  /** Returns the ids of a chat's messages, oldest first. */
  idsIn(chatId: string): string[] {
    return this.#statements
      .all<{ id: string }>("SELECT id FROM messages WHERE chatId = ? ORDER BY sequence", chatId)
      .map(({ id }) => id);
  }

  /** Returns how many messages each chat has that has some. */
  counts(): Record<string, number> {
    const sql = "SELECT chatId, count(*) AS messages FROM messages GROUP BY chatId";
    const rows = this.#statements.all<{ chatId: string; messages: number }>(sql);
    return Object.fromEntries(rows.map(({ chatId, messages }) => [chatId, messages]));
  }

  /** Adds to the journal of a reply that is being written. */
  append(messageId: string, part: "thought" | "answer", text: string): void {
    const sql = "INSERT INTO pieces (messageId, part, text) VALUES (?, ?, ?)";
    this.#statements.run(sql, messageId, part, JSON.stringify(text));
  }

  /** Ends a reply and empties its journal. Does nothing if the message no longer exists. */
  finish(messageId: string, end: ReplyEnd): void {
    const row = this.#row(messageId);
    if (row === undefined) return;
    const ended: MessageRow = {
      ...row,
      text: JSON.stringify(end.text),
      thought: jsonOrNull(end.thought),
      state: end.state,
      stats: jsonOrNull(end.stats),
      problem: jsonOrNull(end.problem),
      owner: null,
      model: jsonOrNull(end.model) ?? row.model,
    };
    const sql = `UPDATE messages SET ${endColumns.map((name) => `${name} = ?, `).join("")}hash = ?, folded = ? WHERE id = ?`;
    const values = endColumns.map((name) => ended[name]);
    this.#statements.run(sql, ...values, hashOf(ended), foldedBesideText(end.text), messageId);
    this.#statements.run("DELETE FROM pieces WHERE messageId = ?", messageId);
  }

  /** Returns the message at a node of its chat's tree. `siblings` are its versions including itself, oldest first. */
  read(chatId: string, { id, parentId, sequence }: TreeNode, siblings: readonly string[]): Message | undefined {
    const [row] = this.#statements.raw(`SELECT ${messageColumns} FROM messages WHERE sequence = ?`, sequence);
    if (row === undefined) return undefined;
    const version = { index: siblings.indexOf(id) + 1, count: siblings.length, ids: [...siblings] };
    const message: Message = { ...readMessageRow(row), id, chatId, parentId, version };
    if (message.state !== "streaming") return message;
    const { text, thought, whole } = this.#journalled(id);
    return { ...message, text, thought, problem: whole ? message.problem : damage };
  }

  /** Returns who wrote the message of a row, and how its text begins, as far as that can be read. */
  beginning(sequence: bigint): { role: Message["role"]; start: string; isEdited: boolean } {
    const sql = `SELECT role, model, iif(json_valid(text), substr(json_extract(text, '$'), 1, ${beginningChars}), '') AS start
      FROM messages WHERE sequence = ?`;
    const [row = {}] = this.#statements.raw(sql, sequence);
    const { role, model } = readMessageRow(row);
    const { start } = row;
    return { role, start: typeof start === "string" ? start : "", isEdited: model?.edited === true };
  }

  /**
   * Returns every message of a chat, oldest first, without its text. Also finds parents and a last message that no
   * longer belong to any chat because their row was damaged.
   */
  tree(chatId: string, leafId: string | null): TreeNode[] {
    const nodes = this.#statements
      .raw("SELECT id, parentId, sequence FROM messages WHERE chatId = ? ORDER BY sequence", chatId)
      .map(toNode);
    const known = new Set(nodes.map(({ id }) => id));
    const missing = new Set(
      [leafId, ...nodes.map(({ parentId }) => parentId)].filter((id) => id !== null && !known.has(id)),
    );
    if (missing.size === 0) return nodes;
    const strays = [...missing].flatMap((id) =>
      this.#statements.raw("SELECT id, parentId, sequence FROM messages WHERE id = ?", id).map(toNode),
    );
    return [...nodes, ...strays].sort((one, other) => (one.sequence < other.sequence ? -1 : 1));
  }

  /** Returns the texts of all messages of a chat, oldest first, but not of a reply that is being written. */
  *texts(chatId: string): Generator<MessageTexts> {
    const rows = this.#statements.raw(
      "SELECT id, role, text, thought FROM messages WHERE chatId = ? AND state <> 'streaming' ORDER BY sequence",
      chatId,
    );
    for (const row of rows) yield textsSchema.read(row).values;
  }

  /**
   * Returns the row numbers of a chat's last messages: of no more than so many bytes together, but at least of one. `size`
   * is their size in bytes, and `isAll` says that the chat has no others.
   */
  last(chatId: string, bytes: number, most: number): { sequences: bigint[]; size: number; isAll: boolean } {
    const rows = this.#statements.raw(
      `SELECT sequence, octet_length(text) + coalesce(octet_length(thought), 0) AS bytes FROM messages WHERE chatId = ?
       ORDER BY sequence DESC LIMIT ?`,
      chatId,
      most + 1,
    );
    const { sequences, size } = rowsWithin(rows.slice(0, most), bytes);
    return { sequences, size, isAll: sequences.length === rows.length };
  }

  /** Erases messages. If they are the last ones of a chat, no others. */
  erase(sequences: readonly bigint[]): void {
    const list = `[${sequences.join()}]`;
    // Messages that take those below them with them would reach the index in the wrong order, which is slow.
    this.#statements.run(`UPDATE messages SET parentId = NULL WHERE ${inList}`, list);
    this.#statements.run(`DELETE FROM messages WHERE ${inList}`, list);
  }

  /** Erases all messages, and everything in the search index. */
  eraseAll(): void {
    const triggers = this.#statements.all<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'messages'",
    );
    // They would remove the words of each message from the index.
    for (const { name } of triggers) this.#statements.run(`DROP TRIGGER "${name}"`);
    this.#statements.run("DELETE FROM pieces");
    this.#statements.run("DELETE FROM unindexedMessages");
    this.#statements.run("DELETE FROM messages");
    for (const { sql } of triggers) this.#statements.run(sql);
    this.indexAgain();
  }

  /** Returns whether one of these messages, or its folded copy, differs from what was written. */
  holdDamage(sequences: readonly bigint[]): boolean {
    // Not by their names: a store that is backed up before it is migrated has fewer columns.
    return this.#statements
      .raw(`SELECT * FROM messages WHERE ${inList}`, `[${sequences.join()}]`)
      .some((row) => !isIntact(row) || row["folded"] !== foldedBesideText(readMessageRow(row).text));
  }

  /** Rebuilds the search index from the stored messages. */
  indexAgain(): void {
    this.#statements.run("INSERT INTO messageSearch (messageSearch) VALUES ('rebuild')");
    this.#statements.run("DELETE FROM messageEndings WHERE sequence NOT IN (SELECT sequence FROM messages)");
  }

  chatOf(messageId: string): string | undefined {
    return this.#statements.get<{ chatId: string }>("SELECT chatId FROM messages WHERE id = ?", messageId)?.chatId;
  }

  /** Returns the replies that are being written, in one chat or in all. */
  streaming(chatId?: string): { id: string; chatId: string; owner: string }[] {
    return this.#statements.all(
      `SELECT id, chatId, owner FROM messages WHERE state = 'streaming' AND owner IS NOT NULL AND chatId = coalesce(?, chatId)`,
      chatId ?? null,
    );
  }

  /** Ends a reply whose process died, with the text in the journal. */
  interrupt(messageId: string): void {
    const { text, thought, whole } = this.#journalled(messageId);
    this.finish(messageId, { text, thought, state: "interrupted", stats: null, problem: whole ? null : damage });
  }

  #add(
    message: NewMessage,
    end: Pick<ReplyEnd, "thought" | "stats" | "problem">,
    summary: EarlierSummary | null = null,
  ): string {
    const row: MessageRow = {
      ...message,
      id: this.#idPrefix + randomUUID(),
      createdAt: Date.now(),
      text: JSON.stringify(message.text),
      thought: jsonOrNull(end.thought),
      model: jsonOrNull(message.model),
      stats: jsonOrNull(end.stats),
      problem: jsonOrNull(end.problem),
      summary: jsonOrNull(summary),
    };
    this.add(row, message.text);
    return row.id;
  }

  #set(messageId: string, name: "summary" | "model", value: string | null): void {
    const [raw] = this.#statements.raw(`SELECT ${messageColumns} FROM messages WHERE id = ?`, messageId);
    const row = this.#row(messageId);
    if (raw === undefined || row === undefined) return;
    const hash = isIntact(raw) ? hashOf({ ...row, [name]: value }) : null;
    this.#statements.run(
      `UPDATE messages SET ${name} = ?, hash = coalesce(?, hash) WHERE id = ?`,
      value,
      hash,
      messageId,
    );
  }

  /** Writes what may change in a row without changing its text. */
  #rewrite(row: MessageRow): void {
    this.#statements.run(
      "UPDATE messages SET chatId = ?, state = ?, problem = ?, owner = ?, hash = ? WHERE id = ?",
      row.chatId,
      row.state,
      row.problem,
      row.owner,
      hashOf(row),
      row.id,
    );
  }

  #row(messageId: string): MessageRow | undefined {
    const [row] = this.#statements.raw(`SELECT ${messageColumns} FROM messages WHERE id = ?`, messageId);
    return row === undefined ? undefined : ({ ...row, createdAt: Number(row["createdAt"]) } as MessageRow);
  }

  #journalled(messageId: string): Journalled {
    const pieces = this.#statements
      .raw("SELECT part, text FROM pieces WHERE messageId = ? ORDER BY sequence", messageId)
      .map((row) => pieceSchema.read(row));
    const join = (part: "thought" | "answer"): string =>
      pieces
        .filter(({ values }) => values.part === part)
        .map(({ values }) => values.text)
        .join("");
    return {
      text: join("answer"),
      thought: pieces.some(({ values }) => values.part === "thought") ? join("thought") : null,
      whole: !pieces.some(({ damaged }) => damaged),
    };
  }
}

function toNode({ id, parentId, sequence }: Record<string, unknown>): TreeNode {
  return {
    id: String(id),
    parentId: typeof parentId === "string" ? parentId : null,
    sequence: typeof sequence === "bigint" ? sequence : 0n,
  };
}

const damage: Problem = { code: "message-damaged" };
