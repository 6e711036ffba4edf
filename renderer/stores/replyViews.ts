import { createStore, type StoreApi } from "zustand/vanilla";
import type { Message } from "../../electron/contract/chats.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import type { Door } from "./door.ts";
import type { Loadable } from "./loadable.ts";

/** A reply that is shown over the chat: as a document, or compared with another version of it. */
export type ReplyView =
  | { kind: "document"; message: Message }
  | { kind: "versions"; message: Message; beforeId: string; before: Loadable<Message> };

export interface ReplyViewsState {
  shown: ReplyView | null;
  /** Why the reply that is shown could not be printed or saved. */
  problem: Problem | null;
  showDocument: (message: Message) => void;
  /** Compares a reply with the version before it, or with `beforeId`. */
  compare: (message: Message, beforeId?: string) => void;
  hide: () => void;
  print: (message: Message) => Promise<void>;
  savePdf: (message: Message) => Promise<void>;
}
export type ReplyViewsStore = StoreApi<ReplyViewsState>;

/** Creates the store of the reply that is shown by itself. */
export function createReplyViewsStore(
  door: Door,
  { conversation }: { conversation: ConversationStore },
): ReplyViewsStore {
  const store = createStore<ReplyViewsState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    return {
      shown: null,
      problem: null,
      showDocument: (message) => set({ shown: { kind: "document", message }, problem: null }),
      compare: (message, wanted) => {
        const { ids, index } = message.version;
        // The first version is compared with the one after it.
        const beforeId = wanted ?? ids[index - 2] ?? ids[index];
        if (beforeId === undefined) return;
        const take = (before: Loadable<Message>): void => {
          const { shown } = get();
          if (before.state !== "loading" && (shown?.kind !== "versions" || shown.beforeId !== beforeId)) return;
          set({ shown: { kind: "versions", message, beforeId, before }, problem: null });
        };
        take({ state: "loading" });
        door.call("chats.message", { messageId: beforeId }).then(
          (value) => take({ state: "ready", value }),
          (error: unknown) => take({ state: "failed", problem: door.problem(error) }),
        );
      },
      hide: () => set({ shown: null, problem: null }),
      print: async ({ chatId, id }) => {
        await attempt(() => door.call("shell.printChat", { chatId, messageId: id }));
      },
      savePdf: async ({ chatId, id }) => {
        await attempt(() => door.call("shell.saveReplyPdf", { chatId, messageId: id }));
      },
    };
  });
  conversation.subscribe(({ openId }) => {
    const { shown, hide } = store.getState();
    if (shown !== null && shown.message.chatId !== openId) hide();
  });
  return store;
}
