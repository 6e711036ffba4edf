import { createHash } from "node:crypto";
import { z } from "zod";
import { documentFormats, type DocumentFormat, documentUnits, type DocumentUnit } from "../../contract/documents.ts";
import { column, integer, json, RowSchema } from "./RowSchema.ts";

/** What is known of a document beside its text. */
export interface StoredDocument {
  id: string;
  format: DocumentFormat;
  unit: DocumentUnit | null;
  name: string;
  title: string | null;
  parts: number;
  chars: number;
  sizeBytes: number;
  sha256: string;
  createdAt: number;
}

export const digestBytes = 16;

const documentColumns = {
  id: column(z.string(), ""),
  format: column(z.enum(documentFormats), "text"),
  unit: column(z.enum(documentUnits).nullable(), null),
  name: column(json(z.string()), ""),
  title: column(json(z.string()).nullable(), null),
  parts: column(integer.pipe(z.number().min(1)), 1),
  chars: column(integer.pipe(z.number().min(0)), 0),
  sizeBytes: column(integer.pipe(z.number().min(0)), 0),
  sha256: column(z.string().regex(/^[0-9a-f]{64}$/), "0".repeat(64)),
  createdAt: column(integer, 0),
};
const schema = new RowSchema(documentColumns);
const textSchema = new RowSchema({
  part: column(integer, 1),
  text: column(json(z.string()), ""),
  /** Where it begins in its part. Not in the hash; a salvaged row of an earlier schema has none. */
  start: column(
    integer.nullable().transform((start) => start ?? 0),
    0,
  ),
});

type StoredRow = Readonly<Record<string, unknown>>;

/** Returns a document as far as its row can be read, and whether it is as it was written. */
export function readDocumentRow(row: StoredRow): { document: StoredDocument; isIntact: boolean } {
  const { values, damaged } = schema.read(row);
  return { document: values, isIntact: !damaged && isSame(row["hash"], hashOfDocument(values)) };
}

/** Returns a piece of a document's text as far as its row can be read, and whether it is as it was written. */
export function readTextRow(row: StoredRow): { text: string; start: number; isIntact: boolean } {
  const { values, damaged } = textSchema.read(row);
  const isIntact = !damaged && isSame(row["hash"], digestOf(String(row["text"])));
  return { text: values.text, start: values.start, isIntact };
}

/** The first 16 bytes of the SHA-256 of a row: SQLite itself does not detect a changed character. */
export function hashOfDocument(document: StoredDocument): Buffer {
  const { id, format, unit, name, title, parts, chars, sizeBytes, sha256, createdAt } = document;
  return digestOf(JSON.stringify([id, format, unit, name, title, parts, chars, sizeBytes, sha256, createdAt]));
}

/** Returns the hash that is stored beside a piece of text. */
export const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest().subarray(0, digestBytes);

const isSame = (stored: unknown, expected: Buffer): boolean =>
  stored instanceof Uint8Array && expected.equals(Buffer.from(stored));
