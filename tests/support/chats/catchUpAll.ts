import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";

/** Does what was put off (erasing from the disk, indexing), as the store's worker does. Returns the number of steps. */
export function catchUpAll(store: ChatStore): number {
  let steps = 1;
  while (store.catchUp()) steps++;
  return steps;
}
