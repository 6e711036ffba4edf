import type {
  Attachment,
  DocumentPiece,
  DocumentUse,
  PageRange,
  PassagePlace,
  ReadDocument,
} from "../../contract/documents.ts";
import type { AttachmentTable, MessagePassages } from "./AttachmentTable.ts";
import type { Branches } from "./Branches.ts";
import type { ChatTable } from "./ChatTable.ts";
import type { DocumentTable } from "./DocumentTable.ts";
import type { Erasure } from "./Erasure.ts";
import type { FolderDocumentTable, FolderFile, FolderSource, RefusedFile } from "./FolderDocumentTable.ts";
import { foundInFolder } from "./foundInFolder.ts";
import { DocumentPassages, type FoundPassages, type OfQuestion } from "./passages/DocumentPassages.ts";
import type { IndexedFolder } from "./passages/FolderIndexes.ts";
import type { BranchToRead } from "./storeOperations.ts";
import type { StoreTables } from "./storeTables.ts";
import type { StoreWork } from "./StoreWork.ts";

const wholeUse = { use: "whole", pages: null, passages: null } as const;

/** The id of a message that is not stored. */
const unsent = "unsent";

/** A document without its text. */
type UnstoredDocument = Omit<ReadDocument, "parts"> & { parts: number; chars: number };
/** A document that is being stored: its attachment, and the chat that has it until then. */
interface HeldDocument {
  attachmentId: string;
  holderId: string;
}

type OfAttachment = { attachmentId: string };
type OfFolder = { folderId: string };
/** A file of a folder of documents, and what of it was read. */
type OfFolderFile = { folder: OfFolder & Pick<FolderFile, "place" | "version"> };

/** Operations of the store that are about the documents of drafts and messages, and what is found in them. */
export class ChatDocuments {
  readonly #chats: ChatTable;
  readonly #documents: DocumentTable;
  readonly #attachments: AttachmentTable;
  readonly #folderDocuments: FolderDocumentTable;
  readonly #branches: Branches;
  readonly #passages: DocumentPassages;
  readonly #erasure: Erasure;
  readonly #work: StoreWork;
  readonly #ownerToken: string;

  constructor(
    tables: StoreTables & { owner: { token: string } },
    { branches, erasure, work }: { branches: Branches; erasure: Erasure; work: StoreWork },
  ) {
    this.#chats = tables.chats;
    this.#documents = tables.documents;
    this.#attachments = tables.attachments;
    this.#folderDocuments = tables.folderDocuments;
    this.#branches = branches;
    this.#passages = new DocumentPassages(tables, branches);
    this.#erasure = erasure;
    this.#work = work;
    this.#ownerToken = tables.owner.token;
  }

  /** Stores a document and attaches it to a draft. */
  addDocument(params: { chatId: string | null; name: string; document: ReadDocument }): Attachment {
    const { chatId, name, document } = params;
    return this.#work.write(() => {
      if (chatId !== null) this.#chats.read(chatId);
      return this.#attachments.add(chatId, document, name);
    });
  }

  /**
   * Begins to store a long document. Until `endDocument`, a hidden chat has it: if this process dies, the next start erases
   * it, and `purgeChats` does so before.
   */
  beginDocument({ name, document }: { chatId: string | null; name: string; document: UnstoredDocument }): HeldDocument {
    return this.#work.write(() => {
      const { id: holderId } = this.#chats.insert("off", null);
      this.#chats.hide(holderId, this.#ownerToken);
      const documentId = this.#documents.insert({ ...document, name });
      return { holderId, attachmentId: this.#attachments.attach({ chatId: holderId }, documentId, wholeUse) };
    });
  }

  /** Adds texts to parts of such a document, each with where it begins in its part. */
  addDocumentTexts(params: OfAttachment & { texts: readonly { part: number; start: number; text: string }[] }): null {
    const { attachmentId, texts } = params;
    return this.#work.change(() => {
      const { documentId } = this.#attachments.read(attachmentId);
      for (const { part, start, text } of texts) this.#documents.addText(documentId, part, start, text);
    });
  }

  /** Attaches such a document to a draft. */
  endDocument({ attachmentId, holderId, chatId }: HeldDocument & { chatId: string | null }): Attachment {
    return this.#work.write(() => {
      if (chatId !== null) this.#chats.read(chatId);
      this.#attachments.moveTo(attachmentId, chatId);
      this.#chats.erase(holderId);
      return this.#attachments.read(attachmentId);
    });
  }

  /** Returns the documents of a draft. */
  draftAttachments({ chatId }: { chatId: string | null }): Attachment[] {
    return this.#work.read(() => this.#attachments.ofDraft(chatId));
  }

  /** Moves the documents of the draft for the next new chat to the draft of the chat that was created for it. */
  moveDraftAttachments({ chatId }: { chatId: string }): null {
    return this.#work.change(() => {
      this.#chats.read(chatId);
      this.#attachments.moveDraft(chatId);
    });
  }

  /** Changes how a document of a draft is used. */
  changeAttachment(
    params: OfAttachment & { use?: DocumentUse | undefined; pages?: PageRange[] | null | undefined },
  ): Attachment {
    const { attachmentId, use, pages } = params;
    return this.#work.write(() => this.#attachments.change(attachmentId, { use, pages }));
  }

  /** Removes a document from a draft, and erases it unless something else has it. */
  removeAttachment({ attachmentId }: OfAttachment): null {
    this.#work.change(() => this.#attachments.remove(attachmentId));
    this.#passages.forget();
    this.#erasure.lookAgain();
    return null;
  }

  /**
   * Returns a document, about how many tokens its chosen text takes, and that text as the prompt has it: none if it is
   * searched, because that depends on the question, or if it takes more than so many tokens.
   */
  readAttachment(params: OfAttachment & { mostTokens?: number }): {
    attachment: Attachment;
    tokens: number;
    text: string;
  } {
    const { attachmentId, mostTokens = Infinity } = params;
    return this.#work.read(() => {
      const attachment = this.#attachments.read(attachmentId);
      const tokens = this.#attachments.weigh(attachment);
      const isRead = attachment.use === "whole" && tokens <= mostTokens;
      const file = isRead ? this.#attachments.file(attachment) : null;
      return { attachment, tokens, text: file !== null && "text" in file ? file.text : "" };
    });
  }

  /** Returns about how many tokens those of these documents take that are sent whole, without reading them. */
  weighAttachments({ attachmentIds }: { chatId: string; attachmentIds: readonly string[] }): number {
    return this.#work.read(() =>
      attachmentIds
        .map((id) => this.#attachments.read(id))
        .filter(({ use }) => use === "whole")
        .reduce((sum, attachment) => sum + this.#attachments.weigh(attachment), 0),
    );
  }

  /**
   * Prepares a small part of the searched ones of these documents, and a question about them, for `findPassages`. Returns
   * whether something is left.
   * `chatId`: the chat whose draft or message has them.
   */
  indexPassages(params: { chatId: string | null; attachmentIds: readonly string[]; text?: string }): boolean {
    const { chatId, attachmentIds, text } = params;
    return this.#work.read(() => this.#passages.index(chatId, attachmentIds, text));
  }

  /** Returns what the searched ones of these documents say about a question; null if they are not prepared. */
  findPassages(params: OfQuestion & { most: number }): FoundPassages | null {
    return this.#work.read(() => this.#passages.find(params));
  }

  /** Returns where a passage of a document is among the pieces of its text. Throws `passage-not-there`. */
  placeOfPassage({ attachmentId, number }: OfAttachment & { number: number }): PassagePlace {
    return this.#work.read(() => this.#passages.place(attachmentId, number));
  }

  /** Returns a piece of the text of a page or chapter, as far as it can be read. */
  readDocumentPiece({ attachmentId, part, piece }: OfAttachment & { part: number; piece: number }): DocumentPiece {
    return this.#work.read(() => this.#documents.piece(this.#attachments.read(attachmentId).documentId, part, piece));
  }

  /**
   * Returns what a message with these documents would be sent with, at the end of the branch or instead of the message
   * `edited`. Nothing is stored.
   */
  previewTurn({
    chatId,
    edited,
    text,
    attachmentIds,
    passages = {},
  }: OfQuestion & { passages?: MessagePassages }): BranchToRead {
    return this.#work.read(() => {
      const chat = this.#chats.read(chatId);
      const messages = this.#branches.before(chatId, edited);
      const attached = attachmentIds.map((id) => {
        const attachment = this.#attachments.read(id);
        return this.#attachments.file({ ...attachment, passages: passages[id] ?? [] });
      });
      const ofFolder = foundInFolder(passages, attachmentIds).map((found) => {
        const { name, unit } = this.#documents.read(found.documentId);
        return this.#attachments.file({ ...found, name, unit, use: "search" });
      });
      const question = { id: unsent, role: "user", text, thought: null } as const;
      const files = { ...this.#attachments.files(messages), [unsent]: [...attached, ...ofFolder] };
      return { chat, messages: [...messages, question], files };
    });
  }

  /** Returns the folders of the disk whose documents stay with folders of chats. */
  folderSources(): FolderSource[] {
    return this.#work.read(() => this.#folderDocuments.sources());
  }

  /** Gives a folder of chats a folder of the disk, in place of another one, which is forgotten. */
  chooseFolderSource(source: FolderSource): null {
    this.#work.change(() => this.#folderDocuments.choose(source));
    return this.forgetFolder(source.folderId);
  }

  /** Forgets a folder of the disk, with what was read of it. */
  removeFolderSource({ folderId }: OfFolder): null {
    this.#work.change(() => this.#folderDocuments.remove(folderId));
    return this.forgetFolder(folderId);
  }

  folderFiles({ folderId }: OfFolder): FolderFile[] {
    return this.#work.read(() => this.#folderDocuments.files(folderId));
  }

  /** Notes which files of a folder are gone, and which could not be read. */
  noteFolderFiles(params: OfFolder & { gone?: readonly string[]; refused?: readonly RefusedFile[] }): null {
    const { folderId, gone = [], refused = [] } = params;
    return this.#changeQuietly(() => {
      this.#folderDocuments.drop(folderId, gone);
      for (const file of refused) this.#folderDocuments.put(folderId, { ...file, documentId: null });
    });
  }

  /** Stores a document of a folder, in place of what its file had before. */
  addFolderDocument({ folder, name, document }: OfFolderFile & { name: string; document: ReadDocument }): null {
    return this.#changeQuietly(() => this.#putInFolder(folder, this.#documents.add(document, name)));
  }

  /** Ends what `beginDocument` began, as a document of a folder. */
  endFolderDocument({ attachmentId, holderId, folder }: HeldDocument & OfFolderFile): null {
    return this.#changeQuietly(() => {
      this.#putInFolder(folder, this.#attachments.read(attachmentId).documentId);
      this.#chats.erase(holderId);
    });
  }

  /** Prepares a small part of a folder of documents for `findPassages`. Returns how far that is. */
  indexFolder({ folderId }: OfFolder): IndexedFolder {
    return this.#work.read(() => this.#passages.indexFolder(folderId));
  }

  /** Returns the folder of chats whose documents the questions of a chat are searched for in; null: none. */
  searchedFolder({ chatId }: { chatId: string }): string | null {
    return this.#work.read(() => this.#passages.searchedFolder(chatId));
  }

  /** Forgets what is indexed of attached documents. */
  forget(): void {
    this.#passages.forget();
  }

  /** Forgets what is indexed of a folder of documents. What nothing has any more of it is erased. */
  forgetFolder(folderId: string): null {
    this.#passages.forgetFolder(folderId);
    this.#erasure.lookAgain();
    return null;
  }

  /** Forgets everything that is indexed. */
  forgetAll(): void {
    this.#passages.forget();
    this.#passages.forgetFolder(null);
  }

  #putInFolder({ folderId, place, version }: OfFolderFile["folder"], documentId: string): void {
    this.#folderDocuments.put(folderId, { place, version, documentId, problem: null });
  }

  /** What can be read again needs no backup of its own. */
  #changeQuietly(work: () => void): null {
    this.#work.writeQuietly(work);
    this.#erasure.lookAgain();
    return null;
  }
}
