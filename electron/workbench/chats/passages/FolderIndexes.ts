import type { DocumentTable } from "../DocumentTable.ts";
import type { FolderDocumentTable } from "../FolderDocumentTable.ts";
import { type FoundPassage, PassageIndex } from "./PassageIndex.ts";

/** How much of a folder of documents is indexed. */
export interface IndexedFolder {
  indexed: number;
  documents: number;
}

/** With more indexed text than this, in UTF-16 code units, folders that are not asked about now are forgotten. */
const mostChars = 120_000_000;

/**
 * The indexes of the folders of documents, each apart from the others and from attached documents: those are forgotten
 * whenever something is deleted, and a folder would take minutes to index again.
 */
export class FolderIndexes {
  readonly #documents: DocumentTable;
  readonly #folders: FolderDocumentTable;
  /** Least recently used first. */
  readonly #indexes = new Map<string, PassageIndex>();

  constructor(documents: DocumentTable, folders: FolderDocumentTable) {
    this.#documents = documents;
    this.#folders = folders;
  }

  has(folderId: string): boolean {
    return this.#folders.has(folderId);
  }

  /** Indexes a part of a folder, which takes about 30 ms. */
  step(folderId: string): IndexedFolder {
    const ids = this.#folders.documentIds(folderId);
    const index = this.#expect(folderId);
    index.step(ids);
    return { documents: ids.length, indexed: ids.filter((id) => index.has([id])).length };
  }

  /** Counts some words of a question. Returns whether some are left. */
  count(folderId: string, text: string): boolean {
    return this.#expect(folderId).count(text);
  }

  /** Returns at most so many passages of the documents that are indexed, best first; null if words are not counted. */
  find(folderId: string, text: string, most: number): FoundPassage[] | null {
    const index = this.#expect(folderId);
    if (index.count(text)) return null;
    const indexed = this.#folders.documentIds(folderId).filter((id) => index.has([id]));
    return index.find(
      text,
      indexed.map((documentId) => ({ documentId, pages: null })),
      most,
    );
  }

  /** Forgets what is indexed of a folder; null: of all. */
  forget(folderId: string | null): void {
    for (const [id, index] of this.#indexes) {
      if (folderId !== null && id !== folderId) continue;
      index.close();
      this.#indexes.delete(id);
    }
  }

  #expect(folderId: string): PassageIndex {
    const index = this.#indexes.get(folderId) ?? new PassageIndex(this.#documents);
    this.#indexes.delete(folderId);
    this.#indexes.set(folderId, index);
    let chars = [...this.#indexes.values()].reduce((sum, each) => sum + each.chars, 0);
    for (const [id, other] of this.#indexes) {
      if (chars <= mostChars || id === folderId) break;
      chars -= other.chars;
      this.forget(id);
    }
    return index;
  }
}
