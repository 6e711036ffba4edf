import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";

/** Erases from the disk what was purged, as the store's worker does it. Returns the number of steps. */
export function eraseRest(store: ChatStore): number {
  let steps = 1;
  while (store.eraseSome()) steps++;
  return steps;
}
