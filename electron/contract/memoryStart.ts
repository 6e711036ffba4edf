import type { Chat, Message } from "./chats.ts";
import type { EarlierSummary } from "./earlierSummary.ts";

/** Where the part of a branch begins that the model reads. */
export interface MemoryStart {
  /** The index of the first message that is sent. */
  index: number;
  /** What is sent in place of the messages above it. Null: nothing. */
  summary: EarlierSummary | null;
}

/** Returns where the model reads from, of consecutive messages of a branch: the later of its last summary and `promptFrom`. */
export function memoryStart(
  promptFrom: Chat["promptFrom"],
  messages: readonly Pick<Message, "id" | "summary">[],
): MemoryStart {
  const from = Math.max(
    0,
    messages.findIndex(({ id }) => id === promptFrom),
  );
  const summarized = messages.findLastIndex(({ summary }) => summary !== undefined);
  const summary = messages[summarized]?.summary;
  // Someone who leaves out everything above the same line has left out the summary too.
  return summary !== undefined && summarized >= from
    ? { index: summarized + 1, summary }
    : { index: from, summary: null };
}
