import { z } from "zod";
import { documentCases, type DocumentCase, WorkbenchError } from "../../contract/errors.ts";
import { column, json, RowSchema } from "./RowSchema.ts";
import type { Statements } from "./Statements.ts";

/** A folder of the disk whose documents stay with a folder of chats. Its path is never shown, sent or exported. */
export interface FolderSource {
  folderId: string;
  path: string;
}

/** What is known of a file in such a folder. */
export interface FolderFile {
  /** Below the folder, with `/`. */
  place: string;
  /** Its size and when it was changed. */
  version: string;
  /** Null if it could not be read. */
  documentId: string | null;
  /** Why it could not be read, or null. */
  problem: DocumentCase | null;
  /** Of its text, in UTF-16 code units. */
  chars: number;
}

export type RefusedFile = Pick<FolderFile, "place" | "version" | "problem">;

const sourceSchema = new RowSchema({ folderId: column(z.string(), ""), path: column(json(z.string().min(1)), "") });
const place = column(json(z.string()), "");
const placeSchema = new RowSchema({ place });
const fileSchema = new RowSchema({
  place,
  // What is not readable is different from any file, and so is read again.
  version: column(z.string(), ""),
  documentId: column(z.string().nullable(), null),
  problem: column(z.enum(documentCases).nullable(), null),
  chars: column(
    z
      .bigint()
      .nullable()
      .transform((chars) => Number(chars ?? 0)),
    0,
  ),
});

/** The documents that stay with folders of chats. Call what writes inside write transactions. */
export class FolderDocumentTable {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  sources(): FolderSource[] {
    const rows = this.#statements.raw("SELECT folderId, path FROM folderSources ORDER BY sequence");
    return rows.map((row) => sourceSchema.read(row).values).filter(({ path }) => path !== "");
  }

  has(folderId: string): boolean {
    return this.#statements.get("SELECT 1 FROM folderSources WHERE folderId = ?", folderId) !== undefined;
  }

  /** Gives a folder of chats a folder of the disk, in place of another one. Throws `chat-folder-not-found`. */
  choose({ folderId, path }: FolderSource): void {
    if (this.#statements.get("SELECT 1 FROM folders WHERE id = ?", folderId) === undefined)
      throw new WorkbenchError("chat-folder-not-found");
    const before = this.sources().find((each) => each.folderId === folderId);
    if (before?.path === path) return;
    this.remove(folderId);
    const sql = "INSERT INTO folderSources (folderId, addedAt, path) VALUES (?, ?, ?)";
    this.#statements.run(sql, folderId, Date.now(), JSON.stringify(path));
  }

  /** Forgets a folder of the disk, with what was read of it. */
  remove(folderId: string): void {
    this.#statements.run("DELETE FROM folderDocuments WHERE folderId = ?", folderId);
    this.#statements.run("DELETE FROM folderSources WHERE folderId = ?", folderId);
  }

  files(folderId: string): FolderFile[] {
    const rows = this.#statements.raw(
      `SELECT f.place, f.version, f.documentId, f.problem, d.chars FROM folderDocuments f
       LEFT JOIN documents d ON d.id = f.documentId WHERE f.folderId = ? ORDER BY f.sequence`,
      folderId,
    );
    return rows.map((row) => fileSchema.read(row).values);
  }

  /** Returns the ids of the documents that were read. */
  documentIds(folderId: string): string[] {
    const sql =
      "SELECT documentId FROM folderDocuments WHERE folderId = ? AND documentId IS NOT NULL ORDER BY sequence";
    return this.#statements.all<{ documentId: string }>(sql, folderId).map(({ documentId }) => documentId);
  }

  /** Notes what a file has now. Throws `chat-folder-not-found` if the folder was removed meanwhile. */
  put(folderId: string, { place, version, documentId, problem }: Omit<FolderFile, "chars">): void {
    if (!this.has(folderId)) throw new WorkbenchError("chat-folder-not-found");
    this.#statements.run(
      `INSERT INTO folderDocuments (folderId, documentId, place, version, problem) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (folderId, place) DO UPDATE SET documentId = excluded.documentId, version = excluded.version,
         problem = excluded.problem`,
      folderId,
      documentId,
      JSON.stringify(place),
      version,
      problem,
    );
  }

  /** Forgets files that are gone. */
  drop(folderId: string, places: readonly string[]): void {
    if (places.length === 0) return;
    const dropped = new Set(places);
    // By its place as it is read, because a damaged one is not what was written.
    const rows = this.#statements.raw("SELECT sequence, place FROM folderDocuments WHERE folderId = ?", folderId);
    for (const row of rows) {
      if (!dropped.has(placeSchema.read(row).values.place)) continue;
      this.#statements.run("DELETE FROM folderDocuments WHERE sequence = ?", row["sequence"] as bigint);
    }
  }

  eraseAll(): void {
    this.#statements.run("DELETE FROM folderDocuments");
    this.#statements.run("DELETE FROM folderSources");
  }
}
