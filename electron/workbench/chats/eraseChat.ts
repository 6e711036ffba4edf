import type { ChatTable } from "./ChatTable.ts";
import type { MessageTable } from "./MessageTable.ts";

/**
 * Erases a chat, its messages and what the search index holds of them. Does nothing if it is gone. The index forgets a
 * message by its words: where those were changed on the disk, it is made again first, or the old words would stay.
 */
export function eraseChat(chats: ChatTable, messages: MessageTable, chatId: string): void {
  if (messages.holdsDamage(chatId)) messages.indexAgain();
  chats.erase(chatId);
}
