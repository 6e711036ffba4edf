import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import type { Door } from "./door.ts";

/** A reply that was deleted here and can still be restored. */
export interface ReplyDeletion {
  chatId: string;
  deletionId: string;
  /** How many shown messages below the reply were deleted with it. */
  later: number;
}

export interface RepliesState {
  deletions: readonly ReplyDeletion[];
  /** Copies the chat up to this message into a new one, and opens that. */
  branch: (messageId: string, title: string) => Promise<void>;
  remove: (messageId: string) => Promise<void>;
  undoRemove: (deletionId: string) => Promise<void>;
  /** Erases what was deleted. */
  purge: (deletionId: string) => Promise<void>;
}
export type RepliesStore = StoreApi<RepliesState>;

export interface RepliesOptions {
  conversation: ConversationStore;
  onProblem: (problem: Problem | null) => void;
}

/** Creates the store of what is done with whole replies. */
export function createRepliesStore(door: Door, { conversation, onProblem }: RepliesOptions): RepliesStore {
  const attempt = attempts(door, onProblem);
  return createStore<RepliesState>()((set, get) => {
    const forget = (deletionId: string): void =>
      set({ deletions: get().deletions.filter((deletion) => deletion.deletionId !== deletionId) });
    return {
      deletions: [],
      branch: async (messageId, title) => {
        const chat = await attempt(() => door.call("chats.branch", { messageId, title }));
        if (chat !== null) conversation.getState().open(chat.id);
      },
      remove: async (messageId) => {
        const { openId: chatId, conversation: shown } = conversation.getState();
        if (chatId === null || shown?.state !== "ready") return;
        const { messages } = shown.value;
        const later = messages.length - 1 - messages.findIndex(({ id }) => id === messageId);
        await attempt(async () => {
          const { deletionId } = await door.call("chats.deleteReply", { messageId });
          set({ deletions: [...get().deletions, { chatId, deletionId, later }] });
        });
      },
      undoRemove: async (deletionId) => {
        const deletion = get().deletions.find((known) => known.deletionId === deletionId);
        if (deletion === undefined) return;
        const { chatId } = deletion;
        forget(deletionId);
        await attempt(async () => {
          await door.call("chats.restoreReply", { chatId, deletionId });
          if (conversation.getState().openId === chatId) await conversation.getState().goToEnd();
        });
      },
      purge: async (deletionId) => {
        if (!get().deletions.some((known) => known.deletionId === deletionId)) return;
        forget(deletionId);
        await attempt(() => door.call("chats.purge", { chatIds: [deletionId] }));
      },
    };
  });
}
