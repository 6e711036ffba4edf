import { createStore, type StoreApi } from "zustand/vanilla";
import type { SearchHit, SearchTotal } from "../../electron/contract/chats.ts";
import { queryWords } from "../../electron/contract/foundWords.ts";
import { coalesced } from "./coalesced.ts";
import type { Door } from "./door.ts";
import type { Loadable } from "./loadable.ts";

export interface ChatSearchState {
  /** If it contains no words, nothing is searched for. */
  query: string;
  /** The hits for `foundFor` that have been read, each chat once; null while there is no search. */
  hits: Loadable<SearchHit[]> | null;
  foundFor: string;
  total: SearchTotal | null;
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
        const { hits, next, total } = await door.call("chats.search", { query });
        if (get().query === query) set({ hits: { state: "ready", value: hits }, next, total, foundFor: query });
      } catch (error) {
        if (get().query === query) set({ hits: { state: "failed", problem: door.problem(error) }, next: null });
      }
    });
    return {
      query: "",
      hits: null,
      foundFor: "",
      total: null,
      next: null,
      search: async (query) => {
        if (queryWords(query).length === 0) {
          set({ query, hits: null, next: null, total: null, foundFor: "" });
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
          set({ hits: { state: "ready", value: withPage(hits.value, page.hits) }, next: page.next });
        } catch (error) {
          set({ hits: { state: "failed", problem: door.problem(error) }, next: null });
        }
      }),
    };
  });
}

/** Adds a page. A chat that an earlier page found by its title gets the excerpt of its message. */
function withPage(before: readonly SearchHit[], page: readonly SearchHit[]): SearchHit[] {
  const byChat = new Map(before.map((hit) => [hit.chat.id, hit]));
  for (const hit of page) {
    const known = byChat.get(hit.chat.id);
    if (known === undefined) byChat.set(hit.chat.id, hit);
    else if (known.messageId === null) byChat.set(hit.chat.id, { ...hit, titleMarks: known.titleMarks });
  }
  return [...byChat.values()];
}
