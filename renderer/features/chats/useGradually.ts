import { useDeferredValue } from "react";
import type { Conversation } from "../../../electron/contract/chats.ts";

/**
 * Returns the conversation as it is rendered: messages that are read further up or down come a moment later, because
 * they are then rendered between frames. Rendered at once, they would cost one or two frames.
 */
export function useGradually(conversation: Conversation): Conversation {
  const before = useDeferredValue(conversation);
  return isOnlyReadFurther(before, conversation) ? before : conversation;
}

function isOnlyReadFurther(before: Conversation, now: Conversation): boolean {
  if (now.messages.length <= before.messages.length) return false;
  const [first, last] = [before.messages[0], before.messages.at(-1)];
  const isSameStart = first === now.messages[0];
  const isSameEnd = last === now.messages.at(-1);
  return (isSameEnd && !isSameStart) || (isSameStart && !isSameEnd && before.later !== null);
}
