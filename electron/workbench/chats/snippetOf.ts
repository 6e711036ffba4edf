import type { SearchHit, TextRange } from "../../contract/chats.ts";
import { foldText } from "../../contract/foldText.ts";
import { foundPlaces, foundWords } from "../../contract/foundWords.ts";

const snippetChars = 160;
/** How many ranges are considered in a message in which the words occur often. */
const rangesLookedAt = 100;
/** How many characters are shown before the first match. */
const leadChars = 40;

/**
 * Returns an excerpt of a message on one line, from where most of the words are close together, with their positions.
 */
export function snippetOf(text: string, words: readonly string[]): Pick<SearchHit, "snippet" | "marks"> {
  const first = startOfMost(text, words);
  const start = first <= leadChars ? 0 : cutBefore(text, first - leadChars, first);
  const end = Math.min(text.length, start + snippetChars);
  const head = start > 0 ? "…" : "";
  const cut = wholeCharacters(text.slice(start, end)).replaceAll(/\s/gu, " ");
  const snippet = `${head}${cut}${end < text.length ? "…" : ""}`;
  return {
    snippet,
    marks: foundPlaces(cut, words).map(([from, to]): TextRange => [from + head.length, to + head.length]),
  };
}

/** Returns the position of the match that has most of the other words after it in the same excerpt. */
function startOfMost(text: string, words: readonly string[]): number {
  const ranges = foundWords(text, words, words.length === 1 ? 1 : rangesLookedAt);
  const found = ranges.map(([start, end]) => ({ start, end, text: foldText(text.slice(start, end)) }));
  let best = { start: 0, count: 0 };
  for (const [index, { start }] of found.entries()) {
    const seen = found.slice(index).filter(({ end }) => end <= start + snippetChars - leadChars);
    const count = words.filter((word) => seen.some((range) => range.text.includes(word))).length;
    if (count > best.count) best = { start, count };
    if (count === words.length) break;
  }
  return best.start;
}

/** Returns the start of a word between two positions, or else the first position where a character starts. */
function cutBefore(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/u);
  if (space >= 0) return from + space + 1;
  return /[\uDC00-\uDFFF]/.test(text[from] ?? "") ? from + 1 : from;
}

/** Removes a high surrogate whose low surrogate was cut off. */
const wholeCharacters = (text: string): string => (/[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text);
