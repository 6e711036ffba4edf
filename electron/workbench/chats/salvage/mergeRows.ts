import type { SqliteValue } from "../../sqlite/Sqlite.ts";
import { chatTitle } from "../chatTitle.ts";
import { readDocumentRow, readTextRow } from "../documentRow.ts";
import { findDamage } from "../findDamage.ts";
import { FolderTable } from "../FolderTable.ts";
import { hashOf, isIntact, type MessageRow, readMessageRow } from "../messageRow.ts";
import { type Database, inTransaction } from "../openDatabase.ts";
import { placeTexts } from "../placeTexts.ts";
import { Statements } from "../Statements.ts";
import { breaksRule, isDamage, StoreDamage } from "../storeProblem.ts";
import {
  attachmentColumns,
  chatColumns,
  documentColumns,
  documentTextColumns,
  folderColumns,
  folderSourceColumns,
  messageColumns,
  newChatColumns,
  pieceColumns,
  type Row,
  type Salvaged,
} from "./salvageRows.ts";

/** What a store has after it was mended. */
export interface Merged {
  restored: number;
  /** How many messages are known to have been in it. */
  total: number;
  /** About when the newest lost one was written, in milliseconds, or 0 if none is known to be lost. */
  lostAt: number;
  /** Whether no other message can have been lost. */
  isSure: boolean;
}

/**
 * Adds what was salvaged of a store to a backup of it, or to an empty store. Of two versions of a row the salvaged one
 * counts, unless it was changed on the disk. What was deleted since the backup stays deleted, where that can be told.
 * Throws SQLite's error.
 */
export function mergeRows(database: Database, found: Salvaged): Merged {
  const statements = new Statements(database);
  // Rows may come before the ones that they belong to. `expectSound` looks at the result.
  database.exec("PRAGMA foreign_keys=OFF");
  inTransaction(database, () => {
    if (found.isIndexWhole) removeDeleted(statements, found);
    for (const [id, row] of found.folders) replace(statements, "folders", id, row);
    for (const [id, row] of found.chats) replace(statements, "chats", id, row);
    addMessages(statements, found);
    addPieces(statements, found);
    if (found.newChat !== null) {
      statements.run("DELETE FROM newChat");
      insert(statements, "newChat", found.newChat, newChatColumns);
    }
    addDocuments(statements, found);
    addMissingChats(statements);
    joinMessages(statements, found);
    new FolderTable(statements).mend();
    addFolderSources(statements, found);
    statements.run(
      `UPDATE chats SET leafId = (SELECT id FROM messages WHERE chatId = chats.id ORDER BY sequence DESC LIMIT 1)
       WHERE leafId IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = leafId AND m.chatId = chats.id)`,
    );
  });
  expectSound(database);
  return countOf(statements, found);
}

/** What the index of the damaged store does not name was deleted after the backup. */
function removeDeleted(statements: Statements, { chats, messages, indexed }: Salvaged): void {
  for (const id of idsOf(statements, "messages")) {
    if (!messages.has(id) && !indexed.has(id)) statements.run("DELETE FROM messages WHERE id = ?", id);
  }
  const withMessages = new Set([...indexed.values()].map(({ chatId }) => chatId));
  for (const id of idsOf(statements, "chats")) {
    if (!chats.has(id) && !withMessages.has(id)) statements.run("DELETE FROM chats WHERE id = ?", id);
  }
}

function addMessages(statements: Statements, { messages }: Salvaged): void {
  const known = new Map(
    statements.all<{ id: string; hash: unknown }>("SELECT id, hash FROM messages").map(({ id, hash }) => [id, hash]),
  );
  const inOrder = [...messages].toSorted(([, one], [, other]) => (order(one) < order(other) ? -1 : 1));
  for (const [id, row] of inOrder) {
    const there = known.get(id);
    if (there !== undefined && (!isIntact(row) || isSameHash(there, row["hash"]))) continue;
    // Any hash is better than none: the message is shown, marked as damaged.
    const hash = row["hash"] instanceof Uint8Array ? row["hash"] : new Uint8Array(16);
    replace(statements, "messages", id, { ...row, hash });
  }
}

function addPieces(statements: Statements, { messages, pieces }: Salvaged): void {
  for (const [id, { state }] of messages) {
    if (state === "streaming") statements.run("DELETE FROM pieces WHERE messageId = ?", id);
  }
  for (const row of pieces.toSorted((one, other) => (order(one) < order(other) ? -1 : 1))) {
    if (messages.get(String(row["messageId"]))?.["state"] !== "streaming") continue;
    insert(statements, "pieces", row, pieceColumns);
  }
  statements.run("DELETE FROM pieces WHERE messageId NOT IN (SELECT id FROM messages)");
}

/** Adds the documents that were found, and removes attachments of messages, drafts and documents that are gone. */
function addDocuments(statements: Statements, { documents, documentTexts, attachments, isIndexWhole }: Salvaged): void {
  const found = piecesByDocument(documentTexts.toSorted((one, other) => (order(one) < order(other) ? -1 : 1)));
  for (const [id, row] of documents) {
    const there = statements.raw("SELECT * FROM documents WHERE id = ?", id);
    if (!there.some((each) => readDocumentRow(each).isIntact)) replace(statements, "documents", id, row);
    // A document never changes, so the backup has the same text, and may have pieces that are lost here.
    const kept = statements.raw("SELECT * FROM documentTexts WHERE documentId = ? ORDER BY sequence", id);
    const pieces = found.get(id) ?? [];
    if (intactChars(kept) >= intactChars(pieces) && kept.length > 0) continue;
    statements.run("DELETE FROM documentTexts WHERE documentId = ?", id);
    for (const piece of pieces) insert(statements, "documentTexts", piece, documentTextColumns);
  }
  if (isIndexWhole) {
    const list = JSON.stringify([...attachments.keys()]);
    statements.run("DELETE FROM attachments WHERE id NOT IN (SELECT value FROM json_each(?))", list);
  }
  for (const [id, row] of attachments) replace(statements, "attachments", id, row);
  statements.run(
    `DELETE FROM attachments WHERE documentId NOT IN (SELECT id FROM documents)
       OR messageId NOT IN (SELECT id FROM messages) OR chatId NOT IN (SELECT id FROM chats)`,
  );
  statements.run("DELETE FROM documentTexts WHERE documentId NOT IN (SELECT id FROM documents)");
  placeTexts(statements);
}

/** What a folder's files were read as is not salvaged: what the backup has no text of is read again. */
function addFolderSources(statements: Statements, { folderSources, isIndexWhole }: Salvaged): void {
  if (isIndexWhole) {
    const list = JSON.stringify([...folderSources.keys()]);
    statements.run("DELETE FROM folderSources WHERE folderId NOT IN (SELECT value FROM json_each(?))", list);
  }
  for (const [folderId, row] of folderSources) {
    const there = statements.get<{ path: string }>("SELECT path FROM folderSources WHERE folderId = ?", folderId);
    if (there?.path === row["path"]) continue;
    statements.run("DELETE FROM folderSources WHERE folderId = ?", folderId);
    statements.run("DELETE FROM folderDocuments WHERE folderId = ?", folderId);
    insert(statements, "folderSources", row, folderSourceColumns);
  }
  statements.run("DELETE FROM folderSources WHERE folderId NOT IN (SELECT id FROM folders)");
  statements.run(
    `DELETE FROM folderDocuments WHERE folderId NOT IN (SELECT folderId FROM folderSources)
       OR documentId NOT IN (SELECT id FROM documents)`,
  );
}

function piecesByDocument(rows: readonly Row[]): Map<string, Row[]> {
  const pieces = new Map<string, Row[]>();
  for (const row of rows) {
    const id = String(row["documentId"]);
    const ofDocument = pieces.get(id);
    if (ofDocument === undefined) pieces.set(id, [row]);
    else ofDocument.push(row);
  }
  return pieces;
}

/** Returns how much text these pieces of a document have as it was written. */
const intactChars = (pieces: readonly Readonly<Record<string, unknown>>[]): number =>
  pieces.map(readTextRow).reduce((sum, { text, isIntact }) => sum + (isIntact ? text.length : 0), 0);

/** Creates chats for messages whose chat is gone, named by their first question. */
function addMissingChats(statements: Statements): void {
  const missing = statements.all<{ chatId: string }>(
    "SELECT DISTINCT chatId FROM messages WHERE chatId NOT IN (SELECT id FROM chats)",
  );
  for (const { chatId } of missing) {
    const rows = statements.raw("SELECT * FROM messages WHERE chatId = ? ORDER BY sequence", chatId);
    const asked = rows.find(({ role }) => role === "user");
    const title = asked === undefined ? "" : chatTitle(readMessageRow(asked).text);
    const times = rows.map((row) => readMessageRow(row).createdAt);
    statements.run(
      `INSERT INTO chats (id, title, titledBy, createdAt, updatedAt, draft, thinking, systemPrompt, leafId)
       VALUES (?, ?, ?, ?, ?, '""', 'on', '""', ?)`,
      chatId,
      JSON.stringify(title),
      title === "" ? "nobody" : "message",
      times[0] ?? 0,
      times.at(-1) ?? 0,
      String(rows.at(-1)?.["id"]),
    );
  }
}

/** Puts messages whose parent is lost below the one that came before it, so that they are still shown. */
function joinMessages(statements: Statements, { indexed }: Salvaged): void {
  const ids = new Set(idsOf(statements, "messages"));
  const strays = statements.raw(
    "SELECT * FROM messages WHERE parentId IS NOT NULL AND parentId NOT IN (SELECT id FROM messages) ORDER BY sequence",
  );
  for (const row of strays) {
    let parentId = row["parentId"] as string | null;
    for (let step = 0; parentId !== null && !ids.has(parentId); step++) {
      const above = indexed.get(parentId);
      if (above === undefined || step > indexed.size) break;
      parentId = above.parentId;
    }
    if (parentId !== null && !ids.has(parentId)) {
      const sql = "SELECT id FROM messages WHERE chatId = ? AND sequence < ? ORDER BY sequence DESC LIMIT 1";
      const before = statements.get<{ id: string }>(sql, String(row["chatId"]), row["sequence"] as bigint);
      parentId = before?.id ?? null;
    }
    const joined = { ...row, parentId, createdAt: Number(row["createdAt"]) } as unknown as MessageRow;
    statements.run("UPDATE messages SET parentId = ? WHERE id = ?", parentId, joined.id);
    if (isIntact(row)) statements.run("UPDATE messages SET hash = ? WHERE id = ?", hashOf(joined), joined.id);
  }
}

function countOf(statements: Statements, { messages, indexed, isIndexWhole }: Salvaged): Merged {
  const ids = new Set(idsOf(statements, "messages"));
  const lost = [...indexed].filter(([id]) => !ids.has(id)).map(([, { sequence }]) => sequence);
  const newest = lost.reduce((one, other) => (other > one ? other : one), 0n);
  const sql = "SELECT createdAt FROM messages WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1";
  const before = lost.length === 0 ? undefined : statements.get<{ createdAt: number }>(sql, newest);
  return {
    restored: ids.size,
    total: ids.size + lost.length,
    lostAt: before?.createdAt ?? 0,
    isSure: isIndexWhole && messages.size > 0,
  };
}

function expectSound(database: Database): void {
  try {
    database.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
  } catch (error) {
    if (!isDamage(error)) throw error;
    // Rows that were changed on the disk have other words than those they were added with.
    database.exec("INSERT INTO messageSearch (messageSearch) VALUES ('rebuild')");
  }
  const found = findDamage(database);
  if (found !== null) throw new StoreDamage(`the mended store: ${found}`);
  const broken = database.prepare("PRAGMA foreign_key_check").all().length;
  if (broken > 0) throw new StoreDamage(`the mended store: ${broken} rows belong to none`);
}

/** Inserts a row in place of the one with its id, which stays if the row cannot be inserted. */
function replace(statements: Statements, table: keyof typeof columnsIn, id: string, row: Row): void {
  statements.run("SAVEPOINT replacing");
  statements.run(`DELETE FROM ${table} WHERE id = ?`, id);
  if (!insert(statements, table, row, columnsIn[table])) statements.run("ROLLBACK TO replacing");
  statements.run("RELEASE replacing");
}

const columnsIn = {
  chats: chatColumns,
  messages: messageColumns,
  folders: folderColumns,
  documents: documentColumns,
  attachments: attachmentColumns,
} as const;

/**
 * Inserts a row. If another one of the table has its number, it gets a new one. Returns whether it could be inserted: what
 * is damaged may be against the rules of its table.
 */
function insert(statements: Statements, table: string, row: Row, columns: readonly string[]): boolean {
  const { sequence } = row;
  const isTaken =
    typeof sequence === "bigint" && statements.raw(`SELECT 1 FROM ${table} WHERE sequence = ?`, sequence).length > 0;
  // A row of an earlier schema has no value for these.
  const inserted: Row = {
    ...row,
    pinned: row["pinned"] ?? 0n,
    archived: row["archived"] ?? 0n,
    searchesFolder: row["searchesFolder"] ?? 1n,
    ofFolder: row["ofFolder"] ?? 0n,
    ...(isTaken && { sequence: null }),
  };
  const values = columns.map((name) => inserted[name] ?? null);
  const marks = columns.map(() => "?").join(", ");
  try {
    statements.run(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${marks})`, ...(values as SqliteValue[]));
    return true;
  } catch (error) {
    if (!breaksRule(error)) throw error;
    return false;
  }
}

const idsOf = (statements: Statements, table: "chats" | "messages"): string[] =>
  statements.all<{ id: string }>(`SELECT id FROM ${table}`).map(({ id }) => id);

const order = (row: Row): bigint => row["sequence"] as bigint;

const isSameHash = (one: unknown, other: unknown): boolean =>
  one instanceof Uint8Array && other instanceof Uint8Array && Buffer.from(one).equals(Buffer.from(other));
