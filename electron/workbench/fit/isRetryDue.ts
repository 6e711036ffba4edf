import type { KeptTrials } from "./trialsStore.ts";

/** What made a card fail may be gone the next day, such as another program that had used up its memory. */
const retryMs = 86_400_000;

/** Returns whether a card failed so long ago that it should be measured again. Until then it stays failed. */
export function isRetryDue({ cards, measuredAt }: Pick<KeptTrials, "cards" | "measuredAt">): boolean {
  return cards.some(({ failure }) => failure !== null) && Date.now() - measuredAt > retryMs;
}
