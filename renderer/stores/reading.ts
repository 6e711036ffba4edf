import { createStore, type StoreApi } from "zustand/vanilla";

export interface ReadingState {
  /** The replies whose thought a person has unfolded. They stay so until that person folds them. */
  openThoughts: ReadonlySet<string>;
  toggleThought: (messageId: string) => void;
}
export type ReadingStore = StoreApi<ReadingState>;

/** How a person reads the chats in this window; it outlives the screen that shows them. */
export function createReadingStore(): ReadingStore {
  return createStore<ReadingState>()((set, get) => ({
    openThoughts: new Set(),
    toggleThought: (messageId) => {
      const openThoughts = new Set(get().openThoughts);
      if (!openThoughts.delete(messageId)) openThoughts.add(messageId);
      set({ openThoughts });
    },
  }));
}
