import type { StoreClient } from "../chats/StoreClient.ts";

export interface VersionShowing {
  store: Pick<StoreClient, "request">;
  /** Shows a version of a reply, and tells everyone. */
  show: (messageId: string) => Promise<unknown>;
}

/** Shows one of several answers to a question. Someone who went to another branch meanwhile stays there. */
export async function showVersion({ store, show }: VersionShowing, messageId: string): Promise<void> {
  try {
    const { chatId, version } = await store.request("readMessage", { messageId });
    const { messages } = await store.request("readBranch", { chatId });
    if (version.ids.includes(messages.at(-1)?.id ?? "")) await show(messageId);
  } catch {
    // The chat was deleted or locked meanwhile. The answers are versions all the same.
  }
}
