import type { Votes } from "../../../electron/contract/votes.ts";

/** Returns how many answers were counted, also those that have no result. */
export const countedAnswers = ({ groups, ungrouped, unfinished }: Votes): number =>
  groups.reduce((sum, { messageIds }) => sum + messageIds.length, ungrouped.length + unfinished.length);
