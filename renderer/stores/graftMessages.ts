import type { Conversation, Message } from "../../electron/contract/chats.ts";

/**
 * Returns the conversation with these messages in the place of all that came after the parent of the first one. Null if
 * that parent is not among the messages that were read.
 */
export function graftMessages(
  { messages, earlier }: Pick<Conversation, "messages" | "earlier">,
  added: readonly Message[],
): Pick<Conversation, "messages" | "earlier"> | null {
  const [first] = added;
  if (first === undefined) return { messages, earlier };
  if (first.parentId === null) return { messages: [...added], earlier: null };
  const parent = messages.findIndex(({ id }) => id === first.parentId);
  if (parent >= 0) return { messages: [...messages.slice(0, parent + 1), ...added], earlier };
  // The parent is just above the first message that is here, which the added ones replace.
  const place = messages.findIndex(({ parentId }) => parentId === first.parentId);
  return place === 0 ? { messages: [...added], earlier: earlier === null ? null : first.id } : null;
}
