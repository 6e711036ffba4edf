import type { Votes } from "../../contract/votes.ts";

/** Returns whether the largest group stays the largest whatever the remaining answers say. */
export function isDecided({ groups }: Pick<Votes, "groups">, remaining: number): boolean {
  const [first = 0, second = 0] = groups.map(({ messageIds }) => messageIds.length);
  return first - second > remaining;
}
