import type { ChatTable } from "./ChatTable.ts";
import type { MessageTable } from "./MessageTable.ts";

/**
 * Erases a chat, its messages and their entries in the search index. Does nothing if the chat no longer exists. The
 * index removes a message by its words: if those were changed on the disk, it is rebuilt first, or the old words would
 * remain.
 */
export function eraseChat(chats: ChatTable, messages: MessageTable, chatId: string): void {
  if (messages.holdsDamage(chatId)) messages.indexAgain();
  chats.erase(chatId);
}
