import type { documentsCalls } from "../../contract/documents.ts";
import type { RunningCapability } from "../Capability.ts";
import { DocumentCounts, type DocumentCountsOptions } from "./DocumentCounts.ts";
import { DocumentFit, type DocumentFitOptions } from "./DocumentFit.ts";
import { FolderDocuments, type FolderDocumentsOptions } from "./folders/FolderDocuments.ts";
import { DraftDocuments, type DraftDocumentsOptions } from "./DraftDocuments.ts";

/** The documents that are attached to messages. */
export interface Documents {
  /** Begins to read files that the user chose. Rejects with `documents-too-many`. */
  attach: DraftDocuments["attach"];
  /** Ends the reading of documents, also in folders. Those of drafts that were not read are gone. */
  endReading(): Promise<void>;
  /** Tells everyone which documents a draft has now. */
  tell: DraftDocuments["tell"];
  /** Resolves with the passages of a message if it fits into the context with its documents. See `DocumentFit`. */
  expectFit: DocumentFit["expectFit"];
  /** Resolves unless documents are far too long to be read. See `DocumentFit`. */
  expectReadable: DocumentFit["expectReadable"];
  /** Resolves with the passages that a message would get. See `DocumentFit`. */
  passages: DocumentFit["passages"];
  /** The folders of documents that stay with folders of chats. */
  folders: Pick<
    FolderDocuments,
    "choose" | "lookAgain" | "whileAsked" | "whileDeleted" | "restored" | "reload" | "stop"
  >;
}

export function openDocuments(
  options: DraftDocumentsOptions & DocumentCountsOptions & DocumentFitOptions & FolderDocumentsOptions,
): RunningCapability<typeof documentsCalls, Documents> {
  const { store } = options;
  const drafts = new DraftDocuments(options);
  const counts = new DocumentCounts(options);
  const fit = new DocumentFit(options);
  const folders = new FolderDocuments(options);
  return {
    api: {
      attach: (chatId, paths) => drafts.attach(chatId, paths),
      endReading: async () => {
        await Promise.all([drafts.close(), folders.stop()]);
      },
      tell: (chatId) => drafts.tell(chatId),
      expectFit: (question) => fit.expectFit(question),
      expectReadable: (question) => fit.expectReadable(question),
      passages: (question) => fit.passages(question),
      folders,
    },
    handlers: {
      "documents.folders": () => folders.list(),
      "documents.removeFolder": async ({ folderId }) => {
        await folders.remove(folderId);
        return null;
      },
      "documents.lookAgain": async ({ folderId, isAsked }) => {
        await folders.lookAgain(folderId, isAsked);
        return null;
      },
      "documents.countFolder": async ({ folderId }) => counts.ofPassages(await folders.charsIn(folderId)),
      "documents.draft": ({ chatId }) => drafts.list(chatId),
      "documents.remove": async ({ chatId, id }) => {
        await drafts.remove(chatId, id);
        return null;
      },
      "documents.choose": async ({ chatId, id, use, pages }) => {
        const changed = await store.request("changeAttachment", { attachmentId: id, use, pages });
        await drafts.tell(chatId);
        // It is ready then when the question is sent. If that fails, sending tells why.
        if (changed.use === "search") void fit.prepare(chatId, [id]).catch(() => undefined);
        return null;
      },
      "documents.toChat": ({ chatId }) => drafts.toChat(chatId),
      "documents.count": ({ attachmentId }) => counts.count(attachmentId),
      "documents.text": ({ attachmentId, part, piece }) =>
        store.request("readDocumentPiece", { attachmentId, part, piece }),
      "documents.passage": (passage) => store.request("placeOfPassage", passage),
    },
    close: async () => {
      await Promise.all([drafts.close(), folders.close()]);
    },
  };
}
