import type { Message } from "../../../electron/contract/chats.ts";
import type { Attachment } from "../../../electron/contract/documents.ts";

/**
 * Returns the document of the passage that a reply means by a number: of the nearest question above it that was sent with a
 * passage of that number. `messages` are those of a branch, oldest first. Null if there is none.
 */
export function passageCited(messages: readonly Message[], replyId: string, number: number): Attachment | null {
  const at = messages.findIndex(({ id }) => id === replyId);
  for (const { role, attachments = [] } of messages.slice(0, Math.max(0, at)).reverse()) {
    if (role !== "user") continue;
    const found = attachments.find(({ passages }) => passages.some((passage) => passage.number === number));
    if (found !== undefined) return found;
  }
  return null;
}
