import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";

type Operation = (params: unknown) => unknown;

/** Has a store do an operation, as its worker does. Returns and throws what it does. */
export function askStore(store: ChatStore, name: string, params: unknown): unknown {
  const operations = name in store.documents ? store.documents : store;
  return (operations as unknown as Record<string, Operation>)[name]?.call(operations, params);
}
