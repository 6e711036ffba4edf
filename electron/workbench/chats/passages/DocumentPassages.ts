import type { Attachment, PageRange, Passage, PassagePlace } from "../../../contract/documents.ts";
import { WorkbenchError } from "../../../contract/errors.ts";
import type { AttachmentTable } from "../AttachmentTable.ts";
import type { Branches } from "../Branches.ts";
import type { DocumentTable } from "../DocumentTable.ts";
import type { StoreTables } from "../storeTables.ts";
import { PassageIndex } from "./PassageIndex.ts";

/** A question about documents of a chat's draft, or of the message `edited`, which it replaces. */
export interface OfQuestion {
  chatId: string;
  edited?: string | null | undefined;
  text: string;
  attachmentIds: readonly string[];
}

/** What was found in documents for a question. */
export interface FoundPassages {
  /** Best first. */
  passages: (Omit<Passage, "number"> & { attachmentId: string })[];
  /** The number that the first one gets: none before the question has it. */
  firstNumber: number;
  /** The names of the documents that were searched for the first time in this chat. */
  newNames: string[];
}

/** Finds what the documents of a chat say about a question. */
export class DocumentPassages {
  readonly #documents: DocumentTable;
  readonly #attachments: AttachmentTable;
  readonly #branches: Branches;
  #index: PassageIndex | null = null;

  constructor({ documents, attachments }: StoreTables, branches: Branches) {
    this.#documents = documents;
    this.#attachments = attachments;
    this.#branches = branches;
  }

  /**
   * Indexes a part of the searched ones of these documents, or then counts some words of the question. Returns whether
   * something is left.
   */
  index(attachmentIds: readonly string[], text = ""): boolean {
    const documentIds = this.#searched(attachmentIds).map(({ documentId }) => documentId);
    if (documentIds.length === 0) return false;
    this.#index ??= new PassageIndex(this.#documents);
    return this.#index.step(documentIds) || this.#index.count(text);
  }

  /** Returns at most so many passages of the searched ones of these documents; null if they are not all indexed. */
  find({ chatId, edited = null, text, attachmentIds, most }: OfQuestion & { most: number }): FoundPassages | null {
    const searched = this.#searched(attachmentIds);
    // The chat need not be read for documents that are sent whole.
    if (searched.length === 0) return { passages: [], firstNumber: 1, newNames: [] };
    if (this.#index?.has(searched.map(({ documentId }) => documentId)) !== true || this.#index.count(text)) return null;
    const found = this.#index.find(text, searched, most);
    const numbers = this.#branches
      .before(chatId, edited)
      .flatMap(({ attachments = [] }) => attachments.flatMap(({ passages }) => passages.map(({ number }) => number)));
    return {
      passages: found.map(({ documentId, ...place }) => ({
        ...place,
        attachmentId: searched.find((each) => each.documentId === documentId && isIn(each.pages, place.part))?.id ?? "",
      })),
      firstNumber: numbers.reduce((most, number) => Math.max(most, number), 0) + 1,
      newNames: searched.filter((each) => !this.#attachments.wasSent(each.documentId, chatId)).map(({ name }) => name),
    };
  }

  /** Throws `passage-not-there`. */
  place(attachmentId: string, number: number): PassagePlace {
    const { documentId, passages } = this.#attachments.read(attachmentId);
    const passage = passages.find((each) => each.number === number);
    if (passage === undefined) throw new WorkbenchError("passage-not-there");
    const { part, start, length } = passage;
    return { part, length, ...this.#documents.placeOf(documentId, part, start) };
  }

  /** Forgets what is indexed. */
  forget(): void {
    this.#index?.close();
    this.#index = null;
  }

  #searched(attachmentIds: readonly string[]): Attachment[] {
    return attachmentIds.map((id) => this.#attachments.read(id)).filter(({ use }) => use === "search");
  }
}

const isIn = (pages: readonly PageRange[] | null, part: number): boolean =>
  pages === null || pages.some(({ first, last }) => first <= part && part <= last);
