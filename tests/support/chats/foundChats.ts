import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";

/** Returns the ids of the chats that a search finds by title or message, each once, from all pages. */
export function foundChats(store: ChatStore, query: string): string[] {
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = store.searchChats({ query, cursor });
    for (const { chat } of page.hits) ids.add(chat.id);
    cursor = page.next;
  } while (cursor !== null);
  return [...ids];
}
