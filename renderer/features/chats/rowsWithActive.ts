import { defaultRangeExtractor, type Range } from "@tanstack/react-virtual";

/** Returns the rows of a list to be rendered: the visible ones and the active one, wherever the list is scrolled to. */
export function rowsWithActive(range: Range, activeIndex: number): number[] {
  const drawn = defaultRangeExtractor(range);
  if (activeIndex < 0 || activeIndex >= range.count || drawn.includes(activeIndex)) return drawn;
  return activeIndex < range.startIndex ? [activeIndex, ...drawn] : [...drawn, activeIndex];
}
