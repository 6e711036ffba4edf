import { DatabaseSync } from "@photostructure/sqlite";
import { WorkbenchError } from "../../contract/errors.ts";
import type { ForeignChat, ForeignMessage } from "./ForeignChat.ts";
import { roleOf, timeOf } from "./foreignValues.ts";
import { importLimits } from "./importLimits.ts";
import type { Incoming } from "./Incoming.ts";
import { recordsOf } from "./recordsOf.ts";

type Database = InstanceType<typeof DatabaseSync>;

const columns = { chats: ["id", "title", "created_at"], messages: ["id", "chat_id", "role", "content", "created_at"] };
const mostTextBytes = 4 * importLimits.textChars;

/**
 * Returns the chats in the database of Ollama's app. Only plain tables are read: views and computed columns of a
 * database are programs. Throws `import-not-known` or `import-failed`.
 */
export function* readOllama(path: string): Generator<Incoming> {
  let database: Database | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 3000 });
    database.exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0");
    const names = {
      chats: plainColumns(database, "chats"),
      messages: plainColumns(database, "messages"),
    };
    const isKnown = (table: "chats" | "messages"): boolean => columns[table].every((name) => names[table].has(name));
    if (!isKnown("chats") || !isKnown("messages")) throw new WorkbenchError("import-not-known");
    yield { type: "source", source: "ollama" };
    const chats = database.prepare("SELECT id, title, created_at FROM chats ORDER BY created_at LIMIT ?");
    for (const chat of chats.all(importLimits.chats + 1)) {
      const read = chatOf(database, chat as Record<string, unknown>, names.messages);
      if (read === null) yield { type: "skipped", reason: "tooLarge", isBegun: false };
      else yield* recordsOf("ollama", read);
    }
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    throw new WorkbenchError("import-failed", { case: "damaged" }, error instanceof Error ? error.message : "");
  } finally {
    database?.close();
  }
}

/** Returns the columns of a table; none if it is a view, virtual, or has computed columns. */
function plainColumns(database: Database, table: string): Set<string> {
  const kind = database.prepare("SELECT type, sql FROM sqlite_schema WHERE name = ?").get(table) as
    | { type: unknown; sql: unknown }
    | undefined;
  if (kind?.type !== "table" || !/^CREATE TABLE/i.test(String(kind.sql))) return new Set();
  const found = database.prepare("SELECT name, hidden FROM pragma_table_xinfo(?)").all(table) as {
    name: unknown;
    hidden: unknown;
  }[];
  return found.some(({ hidden }) => hidden !== 0) ? new Set() : new Set(found.map(({ name }) => String(name)));
}

/** Returns null for a chat that is too large. */
function chatOf(database: Database, chat: Record<string, unknown>, names: Set<string>): ForeignChat | null {
  const { id, title, created_at } = chat;
  if (typeof id !== "string") return null;
  const thinking = names.has("thinking") ? "thinking" : "''";
  const size = database
    .prepare(
      `SELECT count(*) AS count, max(length(CAST(content AS BLOB)) + length(CAST(${thinking} AS BLOB))) AS longest
       FROM messages WHERE chat_id = ?`,
    )
    .get(id) as { count: number; longest: number | null };
  if (size.count > importLimits.foreignMessages || (size.longest ?? 0) > mostTextBytes) return null;
  const model = names.has("model_name") ? "model_name" : "NULL";
  const rows = database
    .prepare(
      `SELECT CAST(id AS TEXT) AS id, role, CAST(content AS TEXT) AS content, CAST(${thinking} AS TEXT) AS thinking,
              ${model} AS model, created_at AS at FROM messages WHERE chat_id = ? ORDER BY messages.id`,
    )
    .all(id) as Record<string, unknown>[];
  let parentId: string | null = null;
  let leftOut = 0;
  let systemPrompt = "";
  const messages = rows.map((row): ForeignMessage => {
    const role = roleOf(row["role"]);
    const isSystem = row["role"] === "system";
    if (role === "other" && !isSystem) leftOut++;
    if (isSystem && typeof row["content"] === "string") systemPrompt ||= row["content"];
    const message: ForeignMessage = {
      id: String(row["id"]),
      parentId,
      role,
      text: typeof row["content"] === "string" ? row["content"] : "",
      thought: typeof row["thinking"] === "string" && row["thinking"] !== "" ? row["thinking"] : null,
      at: timeOf(row["at"]),
      model: typeof row["model"] === "string" && row["model"] !== "" ? row["model"] : null,
    };
    parentId = message.id;
    return message;
  });
  return {
    id,
    title: typeof title === "string" ? title : "",
    createdAt: timeOf(created_at),
    updatedAt: null,
    isPinned: false,
    isArchived: false,
    systemPrompt,
    messages,
    lastId: parentId,
    leftOut,
  };
}
