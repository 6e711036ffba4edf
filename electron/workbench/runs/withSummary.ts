import type { Message } from "../../contract/chats.ts";
import type { EarlierSummary } from "../../contract/earlierSummary.ts";

/** Returns messages of a branch, with a summary of this one and those above it. */
export function withSummary(messages: readonly Message[], messageId: string, summary: EarlierSummary): Message[] {
  return messages.map((message) => (message.id === messageId ? { ...message, summary } : message));
}
