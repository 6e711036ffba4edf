/**
 * What is done when a chat no longer fits in the context: `ask` lets the user choose, `dropOldest` leaves out the oldest
 * messages, and `summarize` has the model summarize them.
 */
export const longChatPolicies = ["ask", "dropOldest", "summarize"] as const;
export type LongChats = (typeof longChatPolicies)[number];

/** How long a summary may be, in UTF-16 code units. Models write fewer; people may write more. */
export const mostSummaryChars = 20_000;
