import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Message } from "../../contract/chats.ts";
import {
  type Attachment,
  documentFormats,
  documentUnits,
  documentUses,
  type DocumentUse,
  type PageRange,
  pageRangesSchema,
  type Passage,
  passageSchema,
  type ReadDocument,
} from "../../contract/documents.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { joinedRanges } from "../documents/joinedRanges.ts";
import { chosenParts } from "../documents/chosenParts.ts";
import { type MessageFile, textOfParts } from "../documents/fileMessage.ts";
import type { DocumentTable } from "./DocumentTable.ts";
import { column, integer, json, jsonOrNull, RowSchema } from "./RowSchema.ts";
import type { Statements } from "./Statements.ts";

/** What has an attachment: a message, or the draft of a chat; null stands for the chat that the next message starts. */
export type AttachedTo = { messageId: string } | { chatId: string | null };

/** What was found in documents for a message, by the ids of their attachments. */
export type MessagePassages = Readonly<Record<string, Passage[]>>;

/** A document of the folder that stays with a chat’s folder, and what was found in it for a message. */
export interface FoundInFolder {
  documentId: string;
  passages: readonly Passage[];
}

/** A document of which only passages are sent. */
type SearchedDocument = Pick<Attachment, "documentId" | "name" | "unit"> & {
  use: "search";
  passages: readonly Passage[];
};

/** How a document is attached. */
export interface AttachedUse {
  use: DocumentUse;
  pages: PageRange[] | null;
  passages: Passage[] | null;
  /** Whether it was found in the folder of documents of the chat’s folder. */
  ofFolder?: boolean | undefined;
}

/** About as many in every language: where characters have more bytes, they have more tokens. */
const bytesPerToken = 4;

const number = integer.pipe(z.number().min(0));
const schema = new RowSchema({
  id: column(z.string(), ""),
  documentId: column(z.string(), ""),
  name: column(json(z.string()), ""),
  format: column(z.enum(documentFormats), "text"),
  unit: column(z.enum(documentUnits).nullable(), null),
  parts: column(integer.pipe(z.number().min(1)), 1),
  emptyParts: column(number, 0),
  sizeBytes: column(number, 0),
  chars: column(number, 0),
  use: column(z.enum(documentUses), "whole"),
  pages: column(json(pageRangesSchema).nullable(), null),
  passages: column(
    json(z.array(passageSchema))
      .nullable()
      .transform((passages) => passages ?? []),
    [],
  ),
  ofFolder: column(
    integer.transform((value) => value !== 0),
    false,
  ),
});
const columns = `a.id, a.documentId, d.name, d.format, d.unit, d.parts,
  d.parts - (SELECT count(DISTINCT part) FROM documentTexts WHERE documentId = d.id AND erased = 0) AS emptyParts,
  d.sizeBytes, d.chars, a.use, a.pages, a.passages, a.ofFolder`;
const joined = "FROM attachments a JOIN documents d ON d.id = a.documentId";
const added = "INSERT INTO attachments (id, documentId, messageId, chatId, use, pages, passages, ofFolder) VALUES";
const ofDraft = "a.messageId IS NULL AND a.chatId IS ?";

/** Which messages and drafts have which documents. Call what writes inside write transactions. */
export class AttachmentTable {
  readonly #statements: Statements;
  readonly #documents: DocumentTable;
  readonly #idPrefix: string;

  constructor(statements: Statements, documents: DocumentTable, idPrefix = "") {
    this.#statements = statements;
    this.#documents = documents;
    this.#idPrefix = idPrefix;
  }

  /** Stores a document and attaches it to a draft. */
  add(chatId: string | null, read: ReadDocument, name: string): Attachment {
    const id = this.attach({ chatId }, this.#documents.add(read, name), { use: "whole", pages: null, passages: null });
    return this.read(id);
  }

  /** Attaches a stored document. Returns the attachment's id. */
  attach(to: AttachedTo, documentId: string, { use, pages, passages, ofFolder }: AttachedUse): string {
    const id = this.#idPrefix + randomUUID();
    const message = "messageId" in to ? to.messageId : null;
    const chat = "chatId" in to ? to.chatId : null;
    const kept = passages?.length === 0 ? null : passages;
    this.#statements.run(
      `${added} (?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      documentId,
      message,
      chat,
      use,
      jsonOrNull(pages),
      jsonOrNull(kept),
      ofFolder === true ? 1 : 0,
    );
    return id;
  }

  /** Throws `document-not-found`. */
  read(attachmentId: string): Attachment {
    const [row] = this.#statements.raw(`SELECT ${columns} ${joined} WHERE a.id = ?`, attachmentId);
    if (row === undefined) throw new WorkbenchError("document-not-found");
    return attachmentIn(row);
  }

  /** Returns the attachments of a message, in their order. */
  ofMessage(messageId: string): Attachment[] {
    return this.#list("a.messageId = ?", messageId);
  }

  /** Returns the attachments of a draft, in their order. */
  ofDraft(chatId: string | null): Attachment[] {
    return this.#list(ofDraft, chatId);
  }

  /** Returns the ids of the documents that a chat has, in its messages and its draft. */
  documentsOf(chatId: string): string[] {
    const rows = this.#statements.all<{ documentId: string }>(
      `SELECT documentId, min(place) AS place FROM (
         SELECT a.documentId, a.sequence AS place FROM messages m JOIN attachments a ON a.messageId = m.id WHERE m.chatId = ?
         UNION ALL SELECT documentId, sequence FROM attachments WHERE chatId = ?
       ) JOIN documents ON documents.id = documentId GROUP BY documentId ORDER BY place`,
      chatId,
      chatId,
    );
    return rows.map(({ documentId }) => documentId);
  }

  /** Changes what is given of how a document of a draft is used. Throws `document-not-found` or `pages-not-there`. */
  change(
    attachmentId: string,
    { use, pages }: { use?: DocumentUse | undefined; pages?: PageRange[] | null | undefined },
  ): Attachment {
    const attachment = this.#expectDraft(attachmentId);
    const chosen = pages === undefined ? attachment.pages : pages;
    chosenParts(attachment, chosen);
    this.#statements.run(
      "UPDATE attachments SET use = ?, pages = ? WHERE id = ?",
      use ?? attachment.use,
      jsonOrNull(chosen),
      attachmentId,
    );
    return this.read(attachmentId);
  }

  /** Removes a document from a draft. Throws `document-not-found`. */
  remove(attachmentId: string): void {
    this.#expectDraft(attachmentId);
    this.#statements.run("DELETE FROM attachments WHERE id = ?", attachmentId);
  }

  /** Moves the documents of the draft for the next new chat to the draft of the chat that was created for it. */
  moveDraft(chatId: string): void {
    this.#statements.run("UPDATE attachments SET chatId = ? WHERE messageId IS NULL AND chatId IS NULL", chatId);
  }

  /** Moves a document of a draft to another draft. */
  moveTo(attachmentId: string, chatId: string | null): void {
    this.#expectDraft(attachmentId);
    this.#statements.run("UPDATE attachments SET chatId = ? WHERE id = ?", chatId, attachmentId);
  }

  /** Returns about how many tokens the text of a document, or of its chosen pages, takes, without reading it. */
  weigh({ documentId, parts, pages }: Attachment): number {
    const chosen = pages === null ? [{ first: 1, last: parts }] : joinedRanges(pages);
    return this.#documents.bytes(documentId, chosen) / bytesPerToken;
  }

  /**
   * Attaches documents of a chat's draft to the message that it becomes. Those that are searched stay in the draft too, for
   * the next question. Throws `document-not-found`.
   */
  send(attachmentIds: readonly string[], chatId: string, messageId: string, passages: MessagePassages): void {
    for (const id of attachmentIds) {
      const { use, pages, documentId } = this.#expectDraft(id);
      if (use === "search") {
        if (!this.ofDraft(chatId).some((attached) => attached.id === id))
          throw new WorkbenchError("document-not-found");
        this.attach({ messageId }, documentId, { use, pages, passages: passages[id] ?? [] });
        continue;
      }
      const sql =
        "UPDATE attachments SET messageId = ?, chatId = NULL WHERE id = ? AND messageId IS NULL AND chatId = ?";
      if (this.#statements.run(sql, messageId, id, chatId) === 0) throw new WorkbenchError("document-not-found");
    }
  }

  /** Attaches documents of a folder to a message, with what was found in them. Throws `document-not-found`. */
  sendOfFolder(found: readonly FoundInFolder[], messageId: string): void {
    for (const { documentId, passages } of found) {
      this.#documents.read(documentId);
      this.attach({ messageId }, documentId, { use: "search", pages: null, passages: [...passages], ofFolder: true });
    }
  }

  /**
   * Attaches the documents of a message to another one too, with only these passages of them; undefined: the same ones.
   * `isCopied`: which of them.
   */
  copy(
    fromMessageId: string,
    toMessageId: string,
    passages?: MessagePassages,
    isCopied: (attachment: Attachment) => boolean = () => true,
  ): void {
    for (const { id, documentId, ...use } of this.ofMessage(fromMessageId).filter(isCopied)) {
      const kept = passages === undefined ? use.passages : (passages[id] ?? []);
      this.attach({ messageId: toMessageId }, documentId, { ...use, passages: kept });
    }
  }

  /** Returns whether a message of the chat has this document. */
  wasSent(documentId: string, chatId: string): boolean {
    const sql = `SELECT 1 FROM attachments a JOIN messages m ON m.id = a.messageId WHERE a.documentId = ? AND m.chatId = ?`;
    return this.#statements.get(sql, documentId, chatId) !== undefined;
  }

  /**
   * Returns the documents of each of these messages as the prompt has them, by the messages' ids. Throws
   * `document-damaged`, or `document-not-found`.
   */
  files(messages: readonly Pick<Message, "id" | "attachments">[]): Record<string, MessageFile[]> {
    const attached = messages.flatMap(({ id, attachments }) => (attachments ? [{ id, attachments }] : []));
    return Object.fromEntries(
      attached.map(({ id, attachments }) => [id, attachments.map((attachment) => this.file(attachment))]),
    );
  }

  /** Returns a document as the prompt has it. Throws as `files` does. */
  file(attachment: Attachment | SearchedDocument): MessageFile {
    const { documentId, name, unit, passages } = attachment;
    if (attachment.use === "search") {
      const found = this.#documents.passages(documentId, passages);
      return { name, unit, passages: found.filter(({ text }) => text !== "") };
    }
    return { name, text: textOfParts(this.#documents.texts(documentId, chosenParts(attachment, attachment.pages))) };
  }

  eraseAll(): void {
    this.#statements.run("DELETE FROM attachments");
  }

  #expectDraft(attachmentId: string): Attachment {
    const attachment = this.read(attachmentId);
    const sql = "SELECT 1 FROM attachments WHERE id = ? AND messageId IS NULL";
    if (this.#statements.get(sql, attachmentId) === undefined) throw new WorkbenchError("document-not-found");
    return attachment;
  }

  #list(where: string, of: string | null): Attachment[] {
    const rows = this.#statements.raw(`SELECT ${columns} ${joined} WHERE ${where} ORDER BY a.sequence`, of);
    return rows.map(attachmentIn);
  }
}

function attachmentIn(row: Record<string, unknown>): Attachment {
  const { ofFolder, ...attachment } = schema.read(row).values;
  return ofFolder ? { ...attachment, ofFolder } : attachment;
}
