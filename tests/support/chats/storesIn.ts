import { join } from "node:path";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { OpenStoreOptions } from "../../../electron/workbench/chats/openStore.ts";

/** Returns how to open stores in folders below this one, and how to close all that are open. */
export function storesIn(folder: () => string) {
  const opened = new Set<ChatStore>();
  return {
    open: (name: string, options: OpenStoreOptions = {}): ChatStore => {
      const one = new ChatStore(join(folder(), name), options);
      opened.add(one);
      return one;
    },
    close: (): void => {
      for (const one of opened) one.close();
      opened.clear();
    },
  };
}
