import { createStore, type StoreApi } from "zustand/vanilla";
import type { ReadingPlace } from "../../electron/contract/chats.ts";
import type { Found } from "./conversation.ts";
import type { Door } from "./door.ts";

export interface ReadingState {
  /** The replies whose thought the user has unfolded. They stay unfolded until the user folds them. */
  openThoughts: ReadonlySet<string>;
  toggleThought: (messageId: string) => void;
  /** Returns where to open a chat: where it was left in this window, else main's saved place; null: at its end. */
  startIn: (chatId: string, kept: ReadingPlace | null) => ReadingPlace | null;
  /** Returns whether a search result is shown for the first time. After that, the user's own place takes precedence. */
  isFirstShown: (found: Found) => boolean;
  /** Saves the place, so that it survives a restart too. */
  leaveAt: (chatId: string, place: ReadingPlace | null) => void;
}
export type ReadingStore = StoreApi<ReadingState>;

/** Creates the store of how the user reads the chats in this window. It outlives the screen that shows them. */
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
      // Not worth an alert, for example if the chat was just deleted: the chat then opens at its end.
      door.call("chats.savePlace", { chatId, place }).catch(() => undefined);
    },
  }));
}
