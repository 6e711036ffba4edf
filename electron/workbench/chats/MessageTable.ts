import { createHash, randomUUID } from "node:crypto";
import type { Message, MessageState, ReplyStats } from "../../contract/chats.ts";
import { errorTexts, type Problem } from "../../contract/errors.ts";
import type { Statements } from "./Statements.ts";

/** A row as stored. Text, model, stats and problem are JSON. */
interface MessageRow {
  id: string;
  chatId: string;
  parentId: string | null;
  role: "user" | "assistant";
  createdAt: number;
  text: string;
  thought: string | null;
  state: MessageState;
  model: string | null;
  stats: string | null;
  problem: string | null;
  owner: string | null;
  hash: Uint8Array;
}

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
  /** Left out: as it was when the reply began. */
  model?: Message["model"];
}

/** A message's place in its chat's tree. */
export interface TreeNode {
  id: string;
  parentId: string | null;
}

const columns = "id, chatId, parentId, role, createdAt, text, thought, state, model, stats, problem, owner, hash";

/** The messages of all chats: reading checks each row against its hash, writing sets it. */
export class MessageTable {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  insert(message: NewMessage): string {
    const row: Omit<MessageRow, "hash"> = {
      ...message,
      id: randomUUID(),
      createdAt: Date.now(),
      text: JSON.stringify(message.text),
      thought: null,
      model: message.model === null ? null : JSON.stringify(message.model),
      stats: null,
      problem: null,
    };
    this.#statements.run(
      `INSERT INTO messages (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...values(row),
      hashOf(row),
    );
    return row.id;
  }

  /** Adds to the journal of a reply that is being written. */
  append(messageId: string, part: "thought" | "answer", text: string): void {
    this.#statements.run(
      "INSERT INTO pieces (messageId, part, text) VALUES (?, ?, ?)",
      messageId,
      part,
      JSON.stringify(text),
    );
  }

  /** Ends a reply and empties its journal. Does nothing if the message is gone. */
  finish(messageId: string, end: ReplyEnd): void {
    const row = this.#row(messageId);
    if (row === undefined) return;
    const ended: MessageRow = {
      ...row,
      text: JSON.stringify(end.text),
      thought: end.thought === null ? null : JSON.stringify(end.thought),
      state: end.state,
      stats: end.stats === null ? null : JSON.stringify(end.stats),
      problem: end.problem === null ? null : JSON.stringify(end.problem),
      owner: null,
      model: end.model === undefined || end.model === null ? row.model : JSON.stringify(end.model),
    };
    this.#statements.run(
      "UPDATE messages SET text = ?, thought = ?, state = ?, stats = ?, problem = ?, model = ?, owner = NULL, hash = ? WHERE id = ?",
      ended.text,
      ended.thought,
      ended.state,
      ended.stats,
      ended.problem,
      ended.model,
      hashOf(ended),
      messageId,
    );
    this.#statements.run("DELETE FROM pieces WHERE messageId = ?", messageId);
  }

  /** The message, or undefined. `siblings` are the ids of its versions, itself included, oldest first. */
  read(messageId: string, siblings: readonly string[]): Message | undefined {
    const row = this.#row(messageId);
    if (row === undefined) return undefined;
    const message = toMessage(row, siblings);
    return row.state === "streaming" ? { ...message, ...this.#journalled(messageId) } : message;
  }

  /** Every message of a chat, oldest first, without its text. */
  tree(chatId: string): TreeNode[] {
    return this.#statements.all<TreeNode>(
      "SELECT id, parentId FROM messages WHERE chatId = ? ORDER BY sequence",
      chatId,
    );
  }

  chatOf(messageId: string): string | undefined {
    return this.#statements.get<{ chatId: string }>("SELECT chatId FROM messages WHERE id = ?", messageId)?.chatId;
  }

  /** Replies being written, in one chat or in all. */
  streaming(chatId?: string): { id: string; chatId: string; owner: string }[] {
    return this.#statements.all(
      `SELECT id, chatId, owner FROM messages WHERE state = 'streaming' AND owner IS NOT NULL AND chatId = coalesce(?, chatId)`,
      chatId ?? null,
    );
  }

  /** Ends a reply whose process died, with the text that reached the journal. */
  interrupt(messageId: string): void {
    this.finish(messageId, { ...this.#journalled(messageId), state: "interrupted", stats: null, problem: null });
  }

  #row(messageId: string): MessageRow | undefined {
    return this.#statements.get<MessageRow>(`SELECT ${columns} FROM messages WHERE id = ?`, messageId);
  }

  #journalled(messageId: string): { text: string; thought: string | null } {
    const pieces = this.#statements.all<{ part: "thought" | "answer"; text: string }>(
      "SELECT part, text FROM pieces WHERE messageId = ? ORDER BY sequence",
      messageId,
    );
    const join = (part: "thought" | "answer"): string =>
      pieces
        .filter((piece) => piece.part === part)
        .map((piece) => parse(piece.text, ""))
        .join("");
    return { text: join("answer"), thought: pieces.some(({ part }) => part === "thought") ? join("thought") : null };
  }
}

function values(row: Omit<MessageRow, "hash">): (string | number | null)[] {
  return [
    row.id,
    row.chatId,
    row.parentId,
    row.role,
    row.createdAt,
    row.text,
    row.thought,
    row.state,
    row.model,
    row.stats,
    row.problem,
    row.owner,
  ];
}

/** The first 16 bytes of sha256 over all columns: SQLite itself does not notice a changed letter. */
function hashOf(row: Omit<MessageRow, "hash">): Uint8Array {
  return createHash("sha256")
    .update(JSON.stringify(values(row)))
    .digest()
    .subarray(0, 16);
}

function toMessage(row: MessageRow, siblings: readonly string[]): Message {
  const damaged = !hashOf(row).every((byte, place) => byte === row.hash[place]);
  return {
    id: row.id,
    chatId: row.chatId,
    parentId: row.parentId,
    role: row.role,
    createdAt: row.createdAt,
    text: parse(row.text, ""),
    thought: parse<string | null>(row.thought, null),
    state: row.state,
    model: parse<Message["model"]>(row.model, null),
    stats: parse<ReplyStats | null>(row.stats, null),
    problem: damaged
      ? { code: "message-damaged", message: errorTexts["message-damaged"].what }
      : parse<Problem | null>(row.problem, null),
    version: { index: siblings.indexOf(row.id) + 1, count: siblings.length, ids: [...siblings] },
  };
}

/** A damaged value reads as `otherwise`; the row's hash tells of the damage. */
function parse<Value>(json: string | null, otherwise: Value): Value {
  if (json === null) return otherwise;
  try {
    return JSON.parse(json) as Value;
  } catch {
    return otherwise;
  }
}
