import type { Conversation, Message } from "../../electron/contract/chats.ts";

/**
 * Returns the conversation with these messages in place of everything after the first one's parent. Returns null if
 * that parent has not been read.
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
  // The parent is just above the first message read, which the added ones replace.
  const place = messages.findIndex(({ parentId }) => parentId === first.parentId);
  return place === 0 ? { messages: [...added], earlier: earlier === null ? null : first.id } : null;
}
