import { createStore, type StoreApi } from "zustand/vanilla";
import type { DocumentFolder } from "../../electron/contract/documentFolders.ts";
import type { DocumentTokens } from "../../electron/contract/documents.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";

export interface DocumentFoldersState {
  /** Those that stay with folders of chats. */
  folders: readonly DocumentFolder[];
  /** How many tokens their passages may take, by the folders of chats. Left out until that is known. */
  tokens: Readonly<Record<string, DocumentTokens>>;
  /** The folder of chats whose documents are shown in a sheet, or null. */
  shownFor: string | null;
  /** Why the last request about that one failed. */
  problem: Problem | null;
  show: (folderId: string | null) => void;
  /** Opens the folder dialog. */
  choose: (folderId: string) => Promise<void>;
  lookAgain: (folderId: string) => Promise<void>;
  remove: (folderId: string) => Promise<void>;
  /** Whoever comes back to the window may have changed files in another program. */
  cameBack: () => void;
}
export type DocumentFoldersStore = StoreApi<DocumentFoldersState>;

/** Creates the store of the folders of documents. */
export function createDocumentFoldersStore(
  door: Door,
  { conversation }: { conversation: ConversationStore },
): DocumentFoldersStore {
  const attempt = attempts(door, (problem) => store.setState({ problem }));
  const store = createStore<DocumentFoldersState>()((set) => ({
    folders: [],
    tokens: {},
    shownFor: null,
    problem: null,
    show: (folderId) => set({ shownFor: folderId, problem: null }),
    choose: async (folderId) => {
      await attempt(() => door.call("shell.chooseDocumentFolder", { folderId }));
    },
    lookAgain: async (folderId) => {
      await attempt(() => door.call("documents.lookAgain", { folderId, isAsked: true }));
    },
    cameBack: () => {
      const folderId = searched();
      if (folderId !== null) void door.call("documents.lookAgain", { folderId }).catch(() => undefined);
    },
    remove: async (folderId) => {
      await attempt(() => door.call("documents.removeFolder", { folderId }));
    },
  }));

  /** The folder of documents that questions in the open chat are searched for in. */
  const searched = (): string | null => {
    const { conversation: shown } = conversation.getState();
    if (shown?.state !== "ready") return null;
    const { folderId, searchesFolder } = shown.value.chat;
    const isThere = store.getState().folders.some((folder) => folder.folderId === folderId);
    return searchesFolder && isThere ? folderId : null;
  };
  const count = async (): Promise<void> => {
    const folderId = searched();
    if (folderId === null) return;
    const counted = await door.call("documents.countFolder", { folderId }).catch(() => null);
    if (counted !== null) store.setState(({ tokens }) => ({ tokens: { ...tokens, [folderId]: counted } }));
  };
  const take = (folders: readonly DocumentFolder[]): void => {
    store.setState({ folders });
    void count();
  };
  onNamed(door, "documents.foldersChanged", take);
  // Another model has another context.
  onNamed(door, "models.loadedChanged", ({ state }) => {
    if (state === "ready") void count();
  });
  let before: string | null = null;
  conversation.subscribe(() => {
    const now = searched();
    if (now !== before) void count();
    before = now;
  });
  // Without the list, questions are searched for all the same.
  void door.call("documents.folders", {}).then(take, () => undefined);
  return store;
}
