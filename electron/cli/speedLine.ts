import type { ReplyStats } from "../contract/chats.ts";

/** A reply's figures on one line, as measured by the engine. */
export function speedLine(stats: ReplyStats): string {
  const { thoughtTokens, answerTokens, tokensPerSecond, ttftMs, promptTokens, cachedTokens, stopReason } = stats;
  const parts = [
    `${thoughtTokens + answerTokens} tokens (${thoughtTokens} thought, ${answerTokens} answer)`,
    ...(tokensPerSecond === null ? [] : [`${tokensPerSecond.toFixed(1)} tokens/s`]),
    `first token after ${(ttftMs / 1000).toFixed(2)} s`,
    `prompt ${promptTokens} tokens${cachedTokens > 0 ? ` (${cachedTokens} reused)` : ""}`,
    ...(stopReason === "end" ? [] : [`ended: ${stopReason}`]),
  ];
  return parts.join(" · ");
}
