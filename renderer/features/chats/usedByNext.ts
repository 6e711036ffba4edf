import type { Message } from "../../../electron/contract/chats.ts";

/** Returns how many tokens the next prompt starts with: the last prompt and its answer, without the thought. */
export function usedByNext(messages: readonly Message[]): number {
  for (const { stats, problem } of messages.toReversed()) {
    if (stats !== null) return stats.promptTokens + stats.answerTokens;
    // A prompt that did not fit was counted, but never answered.
    const refused = problem?.code === "context-exceeded" ? problem.facts?.promptTokens : undefined;
    if (typeof refused === "number") return refused;
  }
  return 0;
}
