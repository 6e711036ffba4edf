import type { Message } from "../../../electron/contract/chats.ts";
import { usedByNext } from "./usedByNext.ts";

/** Same as in ContextRoom.ts: what the prompt may fill of the context, what a summary may, and its longest length. */
const promptShare = 0.5;
const summaryShare = 1 / 8;
const mostSummaryTokens = 1024;

/**
 * Returns about how many seconds a summary of these messages takes, from the speeds of the newest reply by this model
 * that has any. Returns null if there is none: the first reply shows how fast the model is here.
 */
export function summarySeconds(
  messages: readonly Message[],
  modelId: string | undefined,
  contextSize: number | null,
): number | null {
  const tokens = usedByNext(messages);
  const speeds = messages.findLast(
    ({ model, stats }) => model?.id === modelId && stats?.prefillTokensPerSecond && stats.tokensPerSecond,
  )?.stats;
  const { prefillTokensPerSecond: reading, tokensPerSecond: writing } = speeds ?? {};
  if (!reading || !writing || contextSize === null || tokens === 0) return null;
  const parts = Math.ceil(tokens / (contextSize * promptShare));
  const summaryTokens = Math.min(mostSummaryTokens, contextSize * summaryShare);
  return (tokens + (parts - 1) * summaryTokens) / reading + (parts * summaryTokens) / writing;
}
