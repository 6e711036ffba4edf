import { useDocumentFolders, useDocuments } from "../../stores/useStores.ts";
import { useDocumentFolder } from "./useDocumentFolder.ts";

/** What the documents of the draft mean for its message. */
export interface DraftDocumentFacts {
  count: number;
  /** As far as they are known, with what may be found in the folder of documents. */
  tokens: number;
  /** Why the message cannot be sent yet: a document is being read, or one that was refused must be removed first. */
  held: "wait" | "removeFirst" | null;
}

export function useDraftDocuments(): DraftDocumentFacts {
  const folder = useDocumentFolder();
  const isFolderSearched = folder !== null && folder.isSearched && folder.folder.documents > 0;
  const ofFolder = useDocumentFolders(({ tokens: known }) =>
    isFolderSearched ? (known[folder.folder.folderId]?.tokens ?? 0) : 0,
  );
  const attached = useDocuments(({ draft }) => draft.length);
  const tokens = useDocuments(({ draft, tokens: known }) => {
    let [whole, searched] = [0, ofFolder];
    for (const each of draft) {
      const of = known[each.id]?.tokens ?? 0;
      // The passages of all documents that are searched have as much room as those of one.
      if (each.state === "ready" && each.attachment.use === "search") searched = Math.max(searched, of);
      else whole += of;
    }
    return whole + searched;
  });
  const held = useDocuments(({ draft }) => {
    if (draft.some(({ state }) => state === "reading")) return "wait";
    return draft.some(({ state }) => state === "refused") ? "removeFirst" : null;
  });
  return { count: attached + (isFolderSearched ? 1 : 0), tokens, held };
}
