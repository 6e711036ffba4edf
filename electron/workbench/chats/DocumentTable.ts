import { randomUUID } from "node:crypto";
import type { DocumentPiece, PageRange, Passage, ReadDocument } from "../../contract/documents.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { cutAt } from "../cutAt.ts";
import { documentLimits } from "../documents/documentLimits.ts";
import {
  digestBytes,
  digestOf,
  hashOfDocument,
  readDocumentRow,
  readTextRow,
  type StoredDocument,
} from "./documentRow.ts";
import { rowsWithin } from "./rowsWithin.ts";
import { jsonOrNull } from "./RowSchema.ts";
import type { Statements } from "./Statements.ts";

/** A passage of a document as it is sent and exported. */
export interface PassageText extends Pick<Passage, "number" | "part"> {
  /** Empty if it can no longer be read. */
  text: string;
}

/** Where something is in the text of a page or chapter, in UTF-16 code units. */
type ExcerptPlace = Pick<Passage, "part" | "start" | "length">;

/** A piece of a part's text, where it begins in it, and where the next one does; null if there is none. */
interface PlacedPiece {
  text: string;
  start: number;
  next: number | null;
  isIntact: boolean;
}

/** A part is stored in pieces of at most this many UTF-16 code units, so that erasing goes in small steps. */
const pieceChars = 50_000;
/** What is erased in a step. */
const mostErased = { rows: 500, bytes: 500_000 };
const ofPart = "FROM documentTexts WHERE documentId = ? AND erased = 0 AND part = ?";
const inList = "sequence IN (SELECT value FROM json_each(?))";

/** The documents of all chats, each stored once however many messages have it. */
export class DocumentTable {
  readonly #statements: Statements;
  readonly #idPrefix: string;

  constructor(statements: Statements, idPrefix = "") {
    this.#statements = statements;
    this.#idPrefix = idPrefix;
  }

  /** Returns the id of the new document. It must get an attachment in the same transaction. */
  add(read: ReadDocument, name: string): string {
    const chars = read.parts.reduce((sum, part) => sum + part.length, 0);
    const { format, unit, title, sizeBytes, sha256, parts } = read;
    const id = this.insert({ format, unit, name, title, parts: parts.length, chars, sizeBytes, sha256 });
    for (const [index, text] of parts.entries()) this.addText(id, index + 1, 0, text);
    return id;
  }

  /** Adds a document without its text, which `addText` adds. Returns its id. `isDamaged`: it stays known as such. */
  insert(document: Omit<StoredDocument, "id" | "createdAt"> & Partial<StoredDocument>, isDamaged = false): string {
    const row: StoredDocument = { id: this.#idPrefix + randomUUID(), createdAt: Date.now(), ...document };
    this.#statements.run(
      `INSERT INTO documents (id, format, unit, name, title, parts, chars, sizeBytes, sha256, createdAt, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.id,
      row.format,
      row.unit,
      JSON.stringify(row.name),
      jsonOrNull(row.title),
      row.parts,
      row.chars,
      row.sizeBytes,
      row.sha256,
      row.createdAt,
      isDamaged ? Buffer.alloc(digestBytes) : hashOfDocument(row),
    );
    return row.id;
  }

  /** Adds a text to a part that has so many code units before it. */
  addText(documentId: string, part: number, start: number, text: string): void {
    const sql = "INSERT INTO documentTexts (documentId, part, text, hash, start) VALUES (?, ?, ?, ?, ?)";
    for (let at = 0; at < text.length; ) {
      const piece = cutAt(text, at, pieceChars);
      const stored = JSON.stringify(piece);
      this.#statements.run(sql, documentId, part, stored, digestOf(stored), start + at);
      at += piece.length;
    }
  }

  /** Throws `document-not-found`. */
  read(documentId: string): StoredDocument {
    return this.#row(documentId).document;
  }

  /**
   * Returns a document with the pieces of its text, in their order, as far as they can be read, and whether it is as it was
   * stored. Throws `document-not-found`.
   */
  readWhole(documentId: string): {
    document: StoredDocument;
    pieces: { part: number; text: string }[];
    isIntact: boolean;
  } {
    const { document, isIntact } = this.#row(documentId);
    let isWhole = isIntact;
    // A number that was changed must not have a reader wait for parts that are not there.
    const last = `SELECT max(part) AS last FROM documentTexts WHERE documentId = ? AND part BETWEEN 1 AND ${documentLimits.pages}`;
    const found = this.#statements.get<{ last: number | null }>(last, documentId)?.last ?? 1;
    const parts = isIntact ? document.parts : found;
    const pieces: { part: number; text: string }[] = [];
    for (let part = 1; part <= parts; part++) {
      for (const piece of this.pieces(documentId, part)) {
        isWhole &&= piece.isIntact;
        if (piece.text !== "") pieces.push({ part, text: piece.text });
      }
    }
    const chars = pieces.reduce((sum, { text }) => sum + text.length, 0);
    const unit = parts > 1 ? (document.unit ?? "page") : document.unit;
    return { document: { ...document, unit, parts, chars }, pieces, isIntact: isWhole && chars === document.chars };
  }

  #row(documentId: string): ReturnType<typeof readDocumentRow> {
    const [row] = this.#statements.raw("SELECT * FROM documents WHERE id = ?", documentId);
    if (row === undefined) throw new WorkbenchError("document-not-found");
    return readDocumentRow(row);
  }

  /**
   * Returns the texts of these parts, in their order. Throws `document-not-found`, or `document-damaged` if the text is not
   * what was stored.
   */
  texts(documentId: string, parts: readonly number[]): string[] {
    const { document, isIntact } = this.#row(documentId);
    let isWhole = isIntact;
    let chars = 0;
    const texts = parts.map((part) => {
      const pieces = this.pieces(documentId, part);
      isWhole &&= pieces.every((piece) => piece.isIntact);
      const text = pieces.map((piece) => piece.text).join("");
      chars += text.length;
      return text;
    });
    if (parts.length === document.parts && chars !== document.chars) isWhole = false;
    if (!isWhole) throw new WorkbenchError("document-damaged", { name: document.name });
    return texts;
  }

  /**
   * Returns the texts at these places, in their order. Reads only the pieces in which they are, each once. Throws as `texts`
   * does; without `mustBeIntact`, returns them as far as they can be read.
   */
  excerpts(documentId: string, places: readonly ExcerptPlace[], mustBeIntact = true): string[] {
    const { name } = this.read(documentId);
    const found = places.map(() => "");
    const inOrder = [...places.entries()].sort(
      ([, one], [, other]) => one.part - other.part || one.start - other.start,
    );
    let piece: (PlacedPiece & { part: number }) | null = null;
    for (const [index, { part, start, length }] of inOrder) {
      for (let at = start; at < start + length; ) {
        const end: number = piece === null ? 0 : piece.start + piece.text.length;
        if (piece === null || piece.part !== part || at < piece.start || at >= end) {
          piece = { part, ...this.pieceAt(documentId, part, at) };
        }
        if (!piece.isIntact && mustBeIntact) throw new WorkbenchError("document-damaged", { name });
        const here: string = piece.text.slice(at - piece.start, start + length - piece.start);
        if (here === "") break;
        found[index] = (found[index] ?? "") + here;
        at += here.length;
      }
    }
    return found;
  }

  /** Returns passages of a document with their texts. Throws as `excerpts` does. */
  passages(documentId: string, passages: readonly Passage[], mustBeIntact = true): PassageText[] {
    const texts = this.excerpts(documentId, passages, mustBeIntact);
    return passages.map(({ number, part }, index) => ({ number, part, text: texts[index] ?? "" }));
  }

  /** Returns the number of the piece of a part's text in which a place is, counted from 0, and where in that piece. */
  placeOf(documentId: string, part: number, start: number): { piece: number; start: number } {
    const found = this.pieceAt(documentId, part, start);
    const sql = `SELECT count(*) AS count ${ofPart} AND start < ?`;
    const piece = this.#statements.get<{ count: number }>(sql, documentId, part, found.start)?.count ?? 0;
    return { piece, start: Math.min(start - found.start, found.text.length) };
  }

  /** Returns the pieces of a part's text, in order, as far as they can be read. */
  pieces(documentId: string, part: number): { text: string; isIntact: boolean }[] {
    const rows = this.#statements.raw(`SELECT part, text, hash, start ${ofPart} ORDER BY start`, documentId, part);
    let end = 0;
    return rows.map((row) => {
      const { text, start, isIntact } = readTextRow(row);
      const follows = start === end;
      end = start + text.length;
      return { text, isIntact: isIntact && follows };
    });
  }

  /** Returns one of those pieces, counted from 0, and whether there are more. */
  piece(documentId: string, part: number, index: number): DocumentPiece {
    const sql = `SELECT part, text, hash, start ${ofPart} ORDER BY start LIMIT 2 OFFSET ?`;
    const [first, second] = this.#statements.raw(sql, documentId, part, index);
    const { text, isIntact } = first ? readTextRow(first) : { text: "", isIntact: true };
    return { text, isIntact, next: second === undefined ? null : index + 1 };
  }

  /** Returns the piece of a part's text in which a place is; beyond the end, the last one. */
  pieceAt(documentId: string, part: number, place: number): PlacedPiece {
    const before = `SELECT part, text, hash, start ${ofPart} AND start <= ? ORDER BY start DESC LIMIT 1`;
    const [row] = this.#statements.raw(before, documentId, part, place);
    const after = `SELECT start ${ofPart} AND start > ? ORDER BY start LIMIT 1`;
    const next = this.#statements.get<{ start: number }>(after, documentId, part, place)?.start ?? null;
    // Nothing is there at all, or the beginning is lost.
    if (row === undefined) return { text: "", start: place, next, isIntact: next === null };
    const { text, start, isIntact } = readTextRow(row);
    // Where a piece begins is not in its hash, but each piece begins where the one before ends.
    return { text, start, next, isIntact: isIntact && (next === null || next === start + text.length) };
  }

  /** Returns the size of the text of these parts, without reading it. */
  bytes(documentId: string, parts: readonly PageRange[]): number {
    const sql = `SELECT total(octet_length(text)) AS bytes FROM documentTexts
      WHERE documentId = ? AND erased = 0 AND part BETWEEN ? AND ?`;
    return parts
      .map(({ first, last }) => this.#statements.get<{ bytes: number }>(sql, documentId, first, last)?.bytes ?? 0)
      .reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Whether there are documents that nothing has any more. */
  get areLeft(): boolean {
    return this.#leftOver() !== undefined;
  }

  /**
   * Erases a part of a document that nothing has any more. First all of its text is overwritten where it is, because SQLite
   * moves rows when others are deleted, and does not overwrite what it has moved.
   */
  eraseSome(): void {
    const id = this.#leftOver();
    if (id === undefined) return;
    const written = this.#some(id, 0);
    if (written.length > 0) {
      this.#statements.run(
        `UPDATE documentTexts SET erased = 1, text = CAST(zeroblob(octet_length(text)) AS TEXT),
           hash = zeroblob(${digestBytes}) WHERE ${inList}`,
        `[${written.join()}]`,
      );
      return;
    }
    this.#statements.run(`DELETE FROM documentTexts WHERE ${inList}`, `[${this.#some(id, 1).join()}]`);
    if (this.#statements.get("SELECT 1 FROM documentTexts WHERE documentId = ?", id) !== undefined) return;
    this.#statements.run("DELETE FROM documents WHERE id = ?", id);
  }

  eraseAll(): void {
    this.#statements.run("DELETE FROM documentTexts");
    this.#statements.run("DELETE FROM documents");
  }

  /** Returns the numbers of some rows of a text: of those that are there, or that were overwritten. */
  #some(documentId: string, erased: 0 | 1): bigint[] {
    const rows = this.#statements.raw(
      `SELECT sequence, octet_length(text) AS bytes FROM documentTexts WHERE documentId = ? AND erased = ?
       LIMIT ${mostErased.rows}`,
      documentId,
      erased,
    );
    return rowsWithin(rows, mostErased.bytes).sequences;
  }

  #leftOver(): string | undefined {
    if (!this.#statements.hasTable("attachments")) return undefined;
    const without = (table: string): string => `NOT EXISTS (SELECT 1 FROM ${table} WHERE documentId = d.id)`;
    // A store that is backed up before its migration may lack the second one.
    const isOfNone = this.#statements.hasTable("folderDocuments")
      ? `${without("attachments")} AND ${without("folderDocuments")}`
      : without("attachments");
    const sql = `SELECT id FROM documents d WHERE ${isOfNone} LIMIT 1`;
    return this.#statements.get<{ id: string }>(sql)?.id;
  }
}
