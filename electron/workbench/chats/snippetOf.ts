import type { SearchHit, TextRange } from "../../contract/chats.ts";
import { foldText } from "../../contract/foldText.ts";
import { foundWords } from "../../contract/foundWords.ts";

const snippetChars = 160;
/** Of a message in which the words occur often. */
const rangesLookedAt = 100;
/** What is shown before the first word found. */
const leadChars = 40;

/** Returns an excerpt of a message, on one line, with the words marked: where most of them are close together. */
export function snippetOf(text: string, words: readonly string[]): Pick<SearchHit, "snippet" | "marks"> {
  const first = startOfMost(text, words);
  const start = first <= leadChars ? 0 : cutBefore(text, first - leadChars, first);
  const end = Math.min(text.length, start + snippetChars);
  const head = start > 0 ? "…" : "";
  const cut = wholeCharacters(text.slice(start, end)).replaceAll(/\s/gu, " ");
  const snippet = `${head}${cut}${end < text.length ? "…" : ""}`;
  return {
    snippet,
    marks: foundWords(cut, words).map(([from, to]): TextRange => [from + head.length, to + head.length]),
  };
}

/** Returns where the first of the words is that has most of the others after it in the same excerpt. */
function startOfMost(text: string, words: readonly string[]): number {
  const ranges = foundWords(text, words, words.length === 1 ? 1 : rangesLookedAt);
  const found = ranges.map(([start, end]) => ({ start, end, word: foldText(text.slice(start, end)) }));
  let best = { start: 0, count: 0 };
  for (const [index, { start }] of found.entries()) {
    const seen = found.slice(index).filter(({ end }) => end <= start + snippetChars - leadChars);
    const count = new Set(seen.map(({ word }) => word)).size;
    if (count > best.count) best = { start, count };
    if (count === words.length) break;
  }
  return best.start;
}

/** Returns the start of a word between two places, or the first place where a character starts. */
function cutBefore(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/u);
  if (space >= 0) return from + space + 1;
  return /[\uDC00-\uDFFF]/.test(text[from] ?? "") ? from + 1 : from;
}

/** Without the first half of a character whose second half was cut off. */
const wholeCharacters = (text: string): string => (/[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text);
