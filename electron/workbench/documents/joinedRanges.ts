import type { PageRange } from "../../contract/documents.ts";

/** Returns the same pages as ranges in order, of which none overlaps or follows directly on another. */
export function joinedRanges(pages: readonly PageRange[]): PageRange[] {
  const joined: PageRange[] = [];
  for (const { first, last } of pages.toSorted((one, other) => one.first - other.first)) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
    else joined.push({ first, last });
  }
  return joined;
}
