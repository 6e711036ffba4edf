/** Returns the items of two lists in turns, at most so many: what ranks them in one says nothing about the other. */
export function inTurns<Item>(first: readonly Item[], second: readonly Item[], most: number): Item[] {
  const both: Item[] = [];
  for (let at = 0; at < Math.max(first.length, second.length); at++)
    both.push(...first.slice(at, at + 1), ...second.slice(at, at + 1));
  return both.slice(0, most);
}
