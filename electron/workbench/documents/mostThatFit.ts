import { passageLimits } from "./passageLimits.ts";

/**
 * Resolves with how many passages may be used of so many, at least one if there is one. `tokensOf` resolves with the size of
 * the prompt with some of them.
 */
export async function mostThatFit(
  count: number,
  contextSize: number,
  tokensOf: (count: number) => Promise<number>,
): Promise<number> {
  if (count === 0) return 0;
  const { share, shareInLongChat } = passageLimits;
  const room = Math.max(contextSize * share, (await tokensOf(0)) + contextSize * shareInLongChat);
  if ((await tokensOf(count)) <= room) return count;
  let [low, high] = [1, count - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await tokensOf(middle)) <= room) low = middle;
    else high = middle - 1;
  }
  return low;
}
