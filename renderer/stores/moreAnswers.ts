import { type ComparisonsStore, isComparing } from "./comparisons.ts";
import type { ConversationStore } from "./conversation.ts";
import { isBeingAsked, type VotesStore } from "./votes.ts";

export interface AnsweringStores {
  votes: VotesStore;
  comparisons: ComparisonsStore;
}

/** Whether more answers to a question of this chat follow: it is busy between them, too. */
export const hasMoreAnswers = ({ votes, comparisons }: AnsweringStores, chatId: string | null): boolean =>
  isBeingAsked(votes.getState(), chatId) || isComparing(comparisons.getState(), chatId);

/** Stops the reply that is being written in the open chat, and the answers that would follow it. */
export async function stopAnswers(stores: AnsweringStores & { conversation: ConversationStore }): Promise<void> {
  const { openId, stop } = stores.conversation.getState();
  const [votes, comparisons] = [stores.votes.getState(), stores.comparisons.getState()];
  if (openId !== null && isBeingAsked(votes, openId)) await votes.stop(openId);
  else if (openId !== null && isComparing(comparisons, openId)) await comparisons.stop(openId);
  else await stop();
}
