import { documentFormats, documentUses } from "../../../contract/documents.ts";
import { isUuid } from "../../isUuid.ts";
import type { StoreKey } from "../../sqlite/StoreKey.ts";
import { isIntact } from "../messageRow.ts";
import { PageFile } from "./PageFile.ts";
import { type FoundRecord, type PageTally, readRecords, type Value } from "./readRecords.ts";

/** A row by its columns. */
export type Row = Record<string, Value>;

/** Where a message is in its chat, as an index says. */
export interface IndexedMessage {
  chatId: string;
  parentId: string | null;
  sequence: bigint;
}

/** What could be read of a damaged store. */
export interface Salvaged {
  chats: Map<string, Row>;
  /** Intact where two rows have the same id and one is. */
  messages: Map<string, Row>;
  pieces: Row[];
  folders: Map<string, Row>;
  newChat: Row | null;
  documents: Map<string, Row>;
  documentTexts: Row[];
  attachments: Map<string, Row>;
  /** By the folders of chats that have them. */
  folderSources: Map<string, Row>;
  /** Messages that an index names, also ones whose rows are gone. */
  indexed: Map<string, IndexedMessage>;
  /** Whether all messages that were in the store are indexed, as far as one can tell: the others were deleted. */
  isIndexWhole: boolean;
}

/** In the order in which the tables have them. Rows of earlier schemas have fewer. */
export const chatColumns = words(
  "sequence id title titledBy createdAt updatedAt draft thinking systemPrompt modelId leafId hiddenBy place foldedTitle" +
    " promptFrom pinned replySettings pasted edit archived folderId searchesFolder",
);
export const messageColumns = words(
  "sequence id chatId parentId role createdAt text thought state model stats problem owner hash folded summary",
);
export const pieceColumns = words("sequence messageId part text");
export const folderColumns = words("sequence id name createdAt");
export const documentColumns = words("sequence id format unit name title parts chars sizeBytes sha256 createdAt hash");
export const documentTextColumns = words("sequence documentId part text hash erased start");
export const attachmentColumns = words("sequence id documentId messageId chatId use pages passages ofFolder");
export const folderSourceColumns = words("sequence folderId addedAt path");
export const newChatColumns = words("draft pasted beginning");

const isId = (value: Value | undefined): value is string => typeof value === "string" && isUuid(value);
const isOneOf = (value: Value | undefined, ...allowed: string[]): boolean =>
  typeof value === "string" && allowed.includes(value);

/** Returns what can be read of a store, whatever happened to it. A store that is not there holds nothing. */
export function salvageRows(path: string, key: StoreKey | null = null): Salvaged {
  const found: Salvaged = {
    chats: new Map(),
    messages: new Map(),
    pieces: [],
    folders: new Map(),
    newChat: null,
    documents: new Map(),
    documentTexts: [],
    attachments: new Map(),
    folderSources: new Map(),
    indexed: new Map(),
    isIndexWhole: false,
  };
  let file: PageFile;
  try {
    file = new PageFile(path, key);
  } catch {
    return found;
  }
  try {
    const tally: PageTally = { unreadable: 0 };
    for (const record of readRecords(file, tally)) take(found, record);
    const isCovered = [...found.messages.keys()].every((id) => found.indexed.has(id));
    found.isIndexWhole = isCovered && found.indexed.size > 0 && file.isWhole && tally.unreadable === 0;
    return found;
  } finally {
    file.close();
  }
}

/** Recognizes a record by its shape: nothing leads from the tables to their pages any more. */
function take(found: Salvaged, { kind, rowId, values }: FoundRecord): void {
  const [first, second, third, fourth, fifth, sixth] = values;
  if (kind === "entry") {
    // Of the index `messagesByChat`.
    if (
      isId(first) &&
      typeof second === "bigint" &&
      isId(third) &&
      (fourth === null || isId(fourth)) &&
      values.length >= 4
    )
      found.indexed.set(third, { chatId: first, sequence: second, parentId: fourth ?? null });
    return;
  }
  if (isId(second) && isId(third) && isOneOf(sixth, ...documentUses)) {
    found.attachments.set(second, named(attachmentColumns, values, rowId));
  } else if (isId(second) && isOneOf(third, ...documentFormats) && values.length === 12) {
    found.documents.set(second, named(documentColumns, values, rowId));
  } else if (isId(second) && typeof third === "bigint" && fifth instanceof Uint8Array && sixth === 0n) {
    const row = named(documentTextColumns, values, rowId);
    found.documentTexts.push({ ...row, start: typeof row["start"] === "bigint" ? row["start"] : null });
  } else if (isId(second) && isId(third) && values.length >= 14)
    takeMessage(found, named(messageColumns, values, rowId));
  else if (isId(second) && isOneOf(fourth, "nobody", "message", "user") && values.length >= 12) {
    found.chats.set(second, named(chatColumns, values, rowId));
  } else if (isId(second) && isOneOf(third, "thought", "answer") && values.length === 4) {
    found.pieces.push(named(pieceColumns, values, rowId));
  } else if (isId(second) && typeof third === "string" && isJsonText(third) && typeof fourth === "bigint") {
    if (values.length === 4) found.folders.set(second, named(folderColumns, values, rowId));
  } else if (isId(second) && typeof third === "bigint" && typeof fourth === "string" && isJsonText(fourth)) {
    if (values.length === 4) found.folderSources.set(second, named(folderSourceColumns, values, rowId));
  } else if (values.length <= 3 && typeof first === "string" && isJsonText(first)) {
    found.newChat = named(newChatColumns, values, rowId);
  }
}

function takeMessage(found: Salvaged, row: Row): void {
  const { id, role, state } = row;
  if (!isId(id) || !isOneOf(role, "user", "assistant")) return;
  if (!isOneOf(state, "streaming", "done", "stopped", "failed", "interrupted")) return;
  const other = found.messages.get(id);
  if (other === undefined || !isIntact(other)) found.messages.set(id, row);
}

/** The row's number stands in its table for the column `sequence`. */
function named(columns: readonly string[], values: readonly Value[], rowId: bigint): Row {
  const row: Row = {};
  for (const [index, name] of columns.entries()) row[name] = values[index] ?? null;
  return columns[0] === "sequence" ? { ...row, sequence: rowId } : row;
}

function words(text: string): string[] {
  return text.split(" ");
}

function isJsonText(text: string): boolean {
  if (!text.startsWith('"')) return false;
  try {
    return typeof JSON.parse(text) === "string";
  } catch {
    return false;
  }
}
