import type { Attachment, PageRange, Passage, PassagePlace } from "../../../contract/documents.ts";
import { WorkbenchError } from "../../../contract/errors.ts";
import type { AttachmentTable } from "../AttachmentTable.ts";
import type { Branches } from "../Branches.ts";
import type { ChatTable } from "../ChatTable.ts";
import type { DocumentTable } from "../DocumentTable.ts";
import type { StoreTables } from "../storeTables.ts";
import { FolderIndexes, type IndexedFolder } from "./FolderIndexes.ts";
import { inTurns } from "./inTurns.ts";
import { type FoundPassage, PassageIndex } from "./PassageIndex.ts";

/** A question about documents of a chat's draft, or of the message `edited`, which it replaces. */
export interface OfQuestion {
  chatId: string;
  edited?: string | null | undefined;
  text: string;
  attachmentIds: readonly string[];
}

/** What was found in documents for a question. */
export interface FoundPassages {
  /** Best first, each with the id of its attachment, or in the folder of documents with that of its document. */
  passages: (Omit<Passage, "number"> & { attachmentId: string })[];
  /** The number that the first one gets: none before the question has it. */
  firstNumber: number;
  /** The names of the attached documents that were searched for the first time in this chat. */
  newNames: string[];
}

/** Finds what the documents of a chat say about a question. */
export class DocumentPassages {
  readonly #documents: DocumentTable;
  readonly #attachments: AttachmentTable;
  readonly #branches: Branches;
  readonly #chats: ChatTable;
  readonly #folders: FolderIndexes;
  #index: PassageIndex | null = null;

  constructor({ chats, documents, attachments, folderDocuments }: StoreTables, branches: Branches) {
    this.#chats = chats;
    this.#folders = new FolderIndexes(documents, folderDocuments);
    this.#documents = documents;
    this.#attachments = attachments;
    this.#branches = branches;
  }

  /**
   * Indexes a part of the searched ones of these documents, or then counts some words of the question, also in what is
   * indexed of the folder of documents. Returns whether something is left.
   */
  index(chatId: string | null, attachmentIds: readonly string[], text = ""): boolean {
    const folderId = chatId === null ? null : this.searchedFolder(chatId);
    if (folderId !== null && this.#folders.count(folderId, text)) return true;
    const documentIds = this.#searched(attachmentIds).map(({ documentId }) => documentId);
    if (documentIds.length === 0) return false;
    this.#index ??= new PassageIndex(this.#documents);
    return this.#index.step(documentIds) || this.#index.count(text);
  }

  /** Indexes a part of a folder of documents. Returns how far that is. */
  indexFolder(folderId: string): IndexedFolder {
    return this.#folders.step(folderId);
  }

  /** Returns the folder of chats whose documents the questions of a chat are searched for in; null: none. */
  searchedFolder(chatId: string): string | null {
    const { folderId, searchesFolder } = this.#chats.read(chatId);
    return searchesFolder && folderId !== null && this.#folders.has(folderId) ? folderId : null;
  }

  /**
   * Returns at most so many passages of the searched ones of these documents, and of what is indexed of the folder of
   * documents; null if the attached ones are not all indexed, or words not counted.
   */
  find({ chatId, edited = null, text, attachmentIds, most }: OfQuestion & { most: number }): FoundPassages | null {
    const searched = this.#searched(attachmentIds);
    const folderId = this.searchedFolder(chatId);
    // The messages need not be read for documents that are sent whole.
    if (searched.length === 0 && folderId === null) return { passages: [], firstNumber: 1, newNames: [] };
    let attached: FoundPassage[] = [];
    if (searched.length > 0) {
      const isReady = this.#index?.has(searched.map(({ documentId }) => documentId)) === true;
      if (!isReady || this.#index?.count(text) !== false) return null;
      attached = this.#index.find(text, searched, most);
    }
    const ofFolder = folderId === null ? [] : this.#folders.find(folderId, text, most);
    if (ofFolder === null) return null;
    const inSome = new Set(searched.map(({ documentId }) => documentId));
    // Whoever attaches a document of the folder too has chosen how it is used.
    const others = ofFolder.filter(({ documentId }) => !inSome.has(documentId));
    const numbers = this.#branches
      .before(chatId, edited)
      .flatMap(({ attachments = [] }) => attachments.flatMap(({ passages }) => passages.map(({ number }) => number)));
    return {
      passages: inTurns(attached, others, most).map(({ documentId, ...place }) => ({
        ...place,
        attachmentId:
          searched.find((each) => each.documentId === documentId && isIn(each.pages, place.part))?.id ?? documentId,
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

  /** Forgets what is indexed of attached documents. */
  forget(): void {
    this.#index?.close();
    this.#index = null;
  }

  /** Forgets what is indexed of a folder of documents; null: of all. */
  forgetFolder(folderId: string | null): void {
    this.#folders.forget(folderId);
  }

  #searched(attachmentIds: readonly string[]): Attachment[] {
    return attachmentIds.map((id) => this.#attachments.read(id)).filter(({ use }) => use === "search");
  }
}

const isIn = (pages: readonly PageRange[] | null, part: number): boolean =>
  pages === null || pages.some(({ first, last }) => first <= part && part <= last);
