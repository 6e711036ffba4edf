import type { Message } from "../../../electron/contract/chats.ts";
import type { Attachment } from "../../../electron/contract/documents.ts";

/**
 * Returns the document of the passage that the reply to a message means by a number: of the nearest question, from that
 * message up, that was sent with a passage of that number. `messages` are those of a branch, oldest first. Null if there
 * is none.
 */
export function passageCited(messages: readonly Message[], askedId: string, number: number): Attachment | null {
  const at = messages.findIndex(({ id }) => id === askedId);
  for (const { role, attachments = [] } of messages.slice(0, at + 1).reverse()) {
    if (role !== "user") continue;
    const found = attachments.find(({ passages }) => passages.some((passage) => passage.number === number));
    if (found !== undefined) return found;
  }
  return null;
}
