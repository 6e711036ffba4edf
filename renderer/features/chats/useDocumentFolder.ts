import type { DocumentFolder } from "../../../electron/contract/documentFolders.ts";
import { useConversation, useDocumentFolders } from "../../stores/useStores.ts";

/** The folder of documents of the open chat's folder, and whether questions are searched for in it; null: none. */
export function useDocumentFolder(): { folder: DocumentFolder; isSearched: boolean } | null {
  const folderId = useConversation(({ conversation: shown }) =>
    shown?.state === "ready" ? shown.value.chat.folderId : null,
  );
  const isSearched = useConversation(
    ({ conversation: shown }) => shown?.state === "ready" && shown.value.chat.searchesFolder,
  );
  const folder = useDocumentFolders(({ folders }) => folders.find((each) => each.folderId === folderId));
  return folder === undefined ? null : { folder, isSearched };
}
