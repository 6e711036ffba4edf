import { createStore, type StoreApi } from "zustand/vanilla";
import type { SearchHit } from "../../electron/contract/chats.ts";
import { queryWords } from "../../electron/contract/foundWords.ts";
import { coalesced } from "./coalesced.ts";
import type { Door } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface ChatSearchState {
  /** If it contains no words, nothing is searched for. */
  query: string;
  /** The hits for `foundFor` that have been read; null while there is no search. */
  hits: Loadable<SearchHit[]> | null;
  foundFor: string;
  next: string | null;
  /** Resolves once the hits of the newest query have arrived; never rejects. */
  search: (query: string) => Promise<void>;
  /** Reads the next page, if there is one. */
  readMore: () => Promise<void>;
}
export type ChatSearchStore = StoreApi<ChatSearchState>;

/** Creates the store of the search in all chats. Hits stay visible until those of the next query have arrived. */
export function createChatSearchStore(door: Door): ChatSearchStore {
  return createStore<ChatSearchState>()((set, get) => {
    const read = coalesced(async () => {
      const { query } = get();
      if (queryWords(query).length === 0) return;
      try {
        const { hits, next } = await door.call("chats.search", { query });
        if (get().query === query) set({ hits: { state: "ready", value: hits }, next, foundFor: query });
      } catch (error) {
        if (get().query === query) set({ hits: { state: "failed", problem: door.problem(error) }, next: null });
      }
    });
    return {
      query: "",
      hits: null,
      foundFor: "",
      next: null,
      search: async (query) => {
        if (queryWords(query).length === 0) {
          set({ query, hits: null, next: null, foundFor: "" });
          return;
        }
        set({ query, hits: get().hits ?? { state: "loading" }, next: null });
        await read();
      },
      readMore: coalesced(async () => {
        const { next: cursor, foundFor: query } = get();
        if (cursor === null) return;
        try {
          const page = await door.call("chats.search", { query, cursor });
          const { hits, next } = get();
          if (hits?.state !== "ready" || next !== cursor) return;
          set({ hits: { state: "ready", value: [...hits.value, ...page.hits] }, next: page.next });
        } catch (error) {
          set({ hits: { state: "failed", problem: door.problem(error) }, next: null });
        }
      }),
    };
  });
}
