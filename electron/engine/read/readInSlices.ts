import type { LlamaContext, LlamaContextSequence, Token } from "node-llama-cpp";
import type { ReadingPace } from "./ReadingPace.ts";

interface Reader {
  sequence: Pick<LlamaContextSequence, "nextTokenIndex" | "evaluateWithoutGeneratingNewTokens">;
  context: Pick<LlamaContext, "batchSize">;
  pace: ReadingPace;
}

/**
 * Reads the tokens from this index on into the sequence. Resolves with false if `signal` aborted before all were read,
 * which takes at most one slice. What was read stays. Calls `onRead` after each slice with the index it has reached.
 */
export async function readInSlices(
  { sequence, context, pace }: Reader,
  tokens: readonly Token[],
  from: number,
  signal: AbortSignal,
  onRead: (index: number) => void = () => undefined,
): Promise<boolean> {
  let at = from;
  while (at < tokens.length && !signal.aborted) {
    const length = pace.next(tokens.length - at, context.batchSize);
    const startedAt = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + length));
    pace.took(length, performance.now() - startedAt);
    at += length;
    onRead(at);
  }
  return at >= tokens.length;
}
