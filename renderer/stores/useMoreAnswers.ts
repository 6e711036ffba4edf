import { isComparing } from "./comparisons.ts";
import { useComparisons, useVotes } from "./useStores.ts";
import { isBeingAsked } from "./votes.ts";

/** Whether more answers to a question of this chat follow: see `hasMoreAnswers`. */
export function useMoreAnswers(chatId: string | null): boolean {
  const isAsked = useVotes((state) => isBeingAsked(state, chatId));
  const areCompared = useComparisons((state) => isComparing(state, chatId));
  return isAsked || areCompared;
}
