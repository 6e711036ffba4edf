import type { FoundInFolder, MessagePassages } from "./AttachmentTable.ts";

/** Returns what was found in the folder of documents: what belongs to none of these attachments. */
export const foundInFolder = (passages: MessagePassages = {}, attachmentIds: readonly string[]): FoundInFolder[] =>
  Object.entries(passages)
    .filter(([id]) => !attachmentIds.includes(id))
    .map(([documentId, found]) => ({ documentId, passages: found }));
