import type { LoadedModel } from "./LoadedModel.ts";

/** In milliseconds. Drivers that have compiled everything before are done sooner. */
const noticeAfterMs = 500;
const shortTokens = 16;
/** Longer prompts have programs of their own. A device that takes longer for a short one would spend too long on them. */
const quickMs = 50;

/**
 * Evaluates a few tokens, for which a graphics driver compiles its programs. Otherwise, this would delay the first reply
 * without a word: by seconds on a fast card, and by more on a slow one. Calls `onSlow` once if it takes longer than half
 * a second. Leaves the context empty. Stops after the step at hand if `signal` aborts.
 */
export async function prepareDevice(
  { context, sequence, model }: Pick<LoadedModel, "context" | "sequence" | "model">,
  signal: AbortSignal,
  onSlow: () => void,
): Promise<void> {
  const token = model.tokens.bos ?? model.tokens.eos;
  const most = Math.min(context.batchSize, context.contextSize - 1);
  if (token === null || most < 2) return;
  const slow = setTimeout(onSlow, noticeAfterMs);
  const read = async (tokens: number): Promise<number> => {
    const startedAt = performance.now();
    await sequence.clearHistory();
    if (!signal.aborted) {
      await sequence.evaluateWithoutGeneratingNewTokens(Array.from({ length: tokens }, () => token));
    }
    return performance.now() - startedAt;
  };
  try {
    // Not a single token first: Mesa's lavapipe (22.3) then crashes at the next prompt.
    const short = Math.min(shortTokens, most);
    await read(short);
    const shortMs = await read(short);
    const longer = shortMs < quickMs ? [4 * shortTokens, most] : [];
    for (const tokens of longer) if (tokens <= most) await read(tokens);
    if (signal.aborted) return;
    await sequence.clearHistory();
    const written = sequence.evaluate([token], { temperature: 0, yieldEogToken: true });
    await written.next();
    await written.return();
  } finally {
    clearTimeout(slow);
    await sequence.clearHistory();
  }
}
