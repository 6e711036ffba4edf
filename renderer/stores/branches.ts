import { createStore, type StoreApi } from "zustand/vanilla";
import type { BranchMap } from "../../electron/contract/branchMap.ts";
import { coalesced } from "./coalesced.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface BranchesState {
  /** The map of the branches of a chat, while it is shown. */
  shown: { chatId: string; map: Loadable<BranchMap> } | null;
  show: (chatId: string) => void;
  hide: () => void;
  /** Shows the branch through this message, at the message. */
  goTo: (messageId: string) => void;
}
export type BranchesStore = StoreApi<BranchesState>;

/** Creates the store of the map of a chat's branches. It is read again whenever they change. */
export function createBranchesStore(door: Door, { conversation }: { conversation: ConversationStore }): BranchesStore {
  const store = createStore<BranchesState>()((set, get) => ({
    shown: null,
    show: (chatId) => {
      set({ shown: { chatId, map: { state: "loading" } } });
      void read();
    },
    hide: () => set({ shown: null }),
    goTo: (messageId) => {
      const { shown } = get();
      set({ shown: null });
      if (shown !== null) conversation.getState().open(shown.chatId, { messageId, query: "" });
    },
  }));
  const read = coalesced(async () => {
    const chatId = store.getState().shown?.chatId;
    if (chatId === undefined) return;
    const map = await door.call("chats.branches", { chatId }).then(
      (value): Loadable<BranchMap> => ({ state: "ready", value }),
      (error: unknown): Loadable<BranchMap> => ({ state: "failed", problem: door.problem(error) }),
    );
    if (store.getState().shown?.chatId === chatId) store.setState({ shown: { chatId, map } });
  });
  // It does not come back uninvited.
  conversation.subscribe(({ openId }, before) => {
    const { shown, hide } = store.getState();
    if (openId !== before.openId && shown !== null && shown.chatId !== openId) hide();
  });
  const hear = ({ chatId }: { chatId: string }): void => {
    if (store.getState().shown?.chatId === chatId) void read();
  };
  onNamed(door, "chats.branchChanged", hear);
  onNamed(door, "runs.started", hear);
  onNamed(door, "runs.ended", hear);
  onNamed(door, "chats.changed", ({ removed }) => {
    if (removed.includes(store.getState().shown?.chatId ?? "")) store.getState().hide();
  });
  return store;
}
