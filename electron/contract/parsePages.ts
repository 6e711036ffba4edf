import type { PageRange } from "./documents.ts";

/** Reads pages as print dialogs take them: `3`, `1-5` or `1-5,8`. Returns null if that cannot be read. */
export function parsePages(given: string): PageRange[] | null {
  const ranges: PageRange[] = [];
  for (const part of given.split(/[,;，、；]/)) {
    const [, from = "", to = from] = /^\s*(\d{1,7})\s*(?:[-\u2013]\s*(\d{1,7})\s*)?$/.exec(part) ?? [];
    const range = { first: Number(from), last: Number(to) };
    if (from === "" || range.first < 1 || range.last < range.first) return null;
    ranges.push(range);
  }
  return ranges;
}

/** Returns pages as they can be typed: `1-5, 8`. */
export function pagesText(pages: readonly PageRange[]): string {
  return pages.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(", ");
}
