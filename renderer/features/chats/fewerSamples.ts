/**
 * Returns at most `most` values with the same shape: the means of equal groups of neighbours. The last group may be
 * smaller than the others.
 */
export function fewerSamples(samples: readonly number[], most: number): number[] {
  const size = Math.ceil(samples.length / most);
  if (size <= 1) return [...samples];
  const fewer: number[] = [];
  for (let from = 0; from < samples.length; from += size) {
    const group = samples.slice(from, from + size);
    fewer.push(group.reduce((sum, value) => sum + value, 0) / group.length);
  }
  return fewer;
}
