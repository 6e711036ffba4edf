import { documentLimits } from "../documents/documentLimits.ts";
import type { DocumentRecord, DraftRecord, TextRecord } from "../exports/chatFile.ts";
import { importLimits } from "./importLimits.ts";

/** Checks the documents of one chat of a chat file: that each has the text that it states, and is there when it is used. */
export class ChatFileDocuments {
  readonly #known = new Map<string, DocumentRecord>();
  /** The document whose texts are being read, and how much of them is still to come. */
  #reading: { document: DocumentRecord; chars: number; part: number } | null = null;

  /** Returns whether the document may come here. */
  add(document: DocumentRecord): boolean {
    const { id, unit, parts, chars } = document;
    const isFit =
      !this.#known.has(id) &&
      this.#known.size < importLimits.documents &&
      parts <= (unit === null ? 1 : documentLimits.pages) &&
      chars <= documentLimits.chars;
    if (!this.isWhole || !isFit) return false;
    this.#known.set(id, document);
    this.#reading = { document, chars, part: 1 };
    return true;
  }

  /** Returns whether the text may come here. */
  addText({ part, text }: TextRecord): boolean {
    const reading = this.#reading;
    if (reading === null || part < reading.part || part > reading.document.parts) return false;
    reading.part = part;
    reading.chars -= text.length;
    return text !== "" && reading.chars >= 0;
  }

  /** Whether the document that was read last has all of its text. */
  get isWhole(): boolean {
    return this.#reading === null || this.#reading.chars === 0;
  }

  /** Returns whether these documents are there, with the pages and passages that are named. */
  haveAll(attachments: DraftRecord["attachments"]): boolean {
    return this.isWhole && attachments.every((attached) => this.#has(attached));
  }

  #has({ documentId, pages, passages }: DraftRecord["attachments"][number]): boolean {
    const document = this.#known.get(documentId);
    if (document === undefined) return false;
    const { unit, parts, chars } = document;
    return (
      (pages === null || (unit !== null && pages.every(({ last }) => last <= parts))) &&
      passages.every(({ part, start, length }) => part <= parts && start + length <= chars)
    );
  }
}
