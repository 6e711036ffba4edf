import type { Message } from "../../../electron/contract/chats.ts";
import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";

/** Returns all messages of the selected branch, oldest first, read page by page. */
export function allMessages(store: ChatStore, chatId: string): Message[] {
  let { messages, earlier } = store.openChat({ chatId, atEnd: true });
  while (earlier !== null) {
    const page = store.readMessages({ chatId, cursor: earlier, direction: "earlier" });
    messages = [...page.messages, ...messages];
    earlier = page.next;
  }
  return messages;
}
