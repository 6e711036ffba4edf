import type { Message } from "../../../electron/contract/chats.ts";

/** Returns how many tokens the next prompt starts with: the last prompt and its answer, without the thought. */
export function usedByNext(messages: readonly Message[]): number {
  for (const message of messages.toReversed()) {
    const used = usedUntil(message);
    if (used !== null) return used;
  }
  return 0;
}

/** Returns how many tokens the prompt after this reply starts with; null if it was not counted. */
export function usedUntil({ stats, problem }: Message): number | null {
  if (stats !== null) return stats.promptTokens + stats.answerTokens;
  // A prompt that did not fit was counted, but never answered.
  const refused = problem?.code === "context-exceeded" ? problem.facts?.promptTokens : undefined;
  return typeof refused === "number" ? refused : null;
}
