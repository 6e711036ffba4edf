import type { documentsCalls } from "../../contract/documents.ts";
import type { RunningCapability } from "../Capability.ts";
import { DocumentCounts, type DocumentCountsOptions } from "./DocumentCounts.ts";
import { DraftDocuments, type DraftDocumentsOptions } from "./DraftDocuments.ts";

/** The documents that are attached to messages. */
export interface Documents {
  /** Begins to read files that the user chose. Rejects with `documents-too-many`. */
  attach: DraftDocuments["attach"];
  /** Tells everyone which documents a draft has now. */
  tell: DraftDocuments["tell"];
  /** Resolves if a message fits into the context with its documents. See `DocumentCounts`. */
  expectFit: DocumentCounts["expectFit"];
}

export function openDocuments(
  options: DraftDocumentsOptions & DocumentCountsOptions,
): RunningCapability<typeof documentsCalls, Documents> {
  const { store } = options;
  const drafts = new DraftDocuments(options);
  const counts = new DocumentCounts(options);
  return {
    api: {
      attach: (chatId, paths) => drafts.attach(chatId, paths),
      tell: (chatId) => drafts.tell(chatId),
      expectFit: (message) => counts.expectFit(message),
    },
    handlers: {
      "documents.draft": ({ chatId }) => drafts.list(chatId),
      "documents.remove": async ({ chatId, id }) => {
        await drafts.remove(chatId, id);
        return null;
      },
      "documents.choose": async ({ chatId, id, pages }) => {
        await store.request("changeAttachment", { attachmentId: id, pages });
        await drafts.tell(chatId);
        return null;
      },
      "documents.toChat": ({ chatId }) => drafts.toChat(chatId),
      "documents.count": ({ attachmentId }) => counts.count(attachmentId),
      "documents.text": ({ attachmentId, part, piece }) =>
        store.request("readDocumentPiece", { attachmentId, part, piece }),
    },
    close: () => drafts.close(),
  };
}
