import { createStore, type StoreApi } from "zustand/vanilla";
import type { ReadingPlace } from "../../electron/contract/chats.ts";
import type { Found } from "./conversation.ts";
import type { Door } from "./door.ts";

export interface ReadingState {
  /** The replies whose thought a person has unfolded. They stay so until that person folds them. */
  openThoughts: ReadonlySet<string>;
  toggleThought: (messageId: string) => void;
  /** Where a chat is opened: where it was left in this window, else the place that main kept. Null: at its end. */
  startIn: (chatId: string, kept: ReadingPlace | null) => ReadingPlace | null;
  /** Whether this is the first time that what a search found is shown. Later the reader's own place counts. */
  isFirstShown: (found: Found) => boolean;
  /** Keeps the place over a restart too. */
  leaveAt: (chatId: string, place: ReadingPlace | null) => void;
}
export type ReadingStore = StoreApi<ReadingState>;

/** How a person reads the chats in this window; it outlives the screen that shows them. */
export function createReadingStore(door: Door): ReadingStore {
  const places = new Map<string, ReadingPlace | null>();
  const shown = new WeakSet<Found>();
  return createStore<ReadingState>()((set, get) => ({
    openThoughts: new Set(),
    toggleThought: (messageId) => {
      const openThoughts = new Set(get().openThoughts);
      if (!openThoughts.delete(messageId)) openThoughts.add(messageId);
      set({ openThoughts });
    },
    startIn: (chatId, kept) => {
      const place = places.get(chatId) ?? null;
      if (places.has(chatId)) return place;
      places.set(chatId, kept);
      return kept;
    },
    isFirstShown: (found) => {
      const isFirst = !shown.has(found);
      shown.add(found);
      return isFirst;
    },
    leaveAt: (chatId, place) => {
      if (JSON.stringify(places.get(chatId)) === JSON.stringify(place)) return;
      places.set(chatId, place);
      // A place that cannot be kept, as that of a chat just deleted, is not worth an alert: the chat opens at its end.
      door.call("chats.savePlace", { chatId, place }).catch(() => undefined);
    },
  }));
}
