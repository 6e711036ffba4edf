import type { ReplyStats } from "../contract/chats.ts";

/**
 * Returns the figures of a reply under the names that llama-server gives them. Times in milliseconds. Those of a reply that
 * a server wrote name the clock, and leave out how fast it read, which only that server knows.
 */
export function timingsOf(stats: ReplyStats): Record<string, number | string> {
  const read = stats.promptTokens - stats.cachedTokens;
  const written = stats.thoughtTokens + stats.answerTokens;
  const readMs = msFor(read, stats.prefillTokensPerSecond);
  // A speed is that of all tokens but the first, which the prompt's last one gives.
  const writtenMs = msFor(written - 1, stats.tokensPerSecond);
  const reading = {
    prompt_ms: readMs,
    prompt_per_token_ms: read > 0 ? readMs / read : 0,
    prompt_per_second: stats.prefillTokensPerSecond ?? 0,
  };
  return {
    cache_n: stats.cachedTokens,
    prompt_n: read,
    ...(stats.wire === undefined ? reading : { clock: "r1-workbench", counts: stats.wire.counts }),
    predicted_n: written,
    predicted_ms: writtenMs,
    predicted_per_token_ms: written > 1 ? writtenMs / (written - 1) : 0,
    predicted_per_second: stats.tokensPerSecond ?? 0,
  };
}

const msFor = (tokens: number, perSecond: number | null): number =>
  perSecond === null || tokens <= 0 ? 0 : (tokens * 1000) / perSecond;

/** Returns the tokens of a reply as OpenAI counts them: the thought is part of the completion. */
export function usageOf({ promptTokens, cachedTokens, thoughtTokens, answerTokens }: ReplyStats) {
  const completion = thoughtTokens + answerTokens;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completion,
    total_tokens: promptTokens + completion,
    prompt_tokens_details: { cached_tokens: cachedTokens },
    completion_tokens_details: { reasoning_tokens: thoughtTokens },
  };
}
