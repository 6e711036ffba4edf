/** Returns the middle value, or the mean of the two middle values. */
export function median(list) {
  const sorted = list.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
