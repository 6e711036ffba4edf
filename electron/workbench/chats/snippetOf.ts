import type { SearchHit, TextRange } from "../../contract/chats.ts";
import { foundWords } from "../../contract/foundWords.ts";

const snippetChars = 160;
/** What is shown before the first word found. */
const leadChars = 40;

/** Returns an excerpt of a message around the first of the words, on one line, with the words marked. */
export function snippetOf(text: string, words: readonly string[]): Pick<SearchHit, "snippet" | "marks"> {
  const [[first] = [0]] = foundWords(text, words, 1);
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

/** Returns the start of a word between two places, or the first place where a character starts. */
function cutBefore(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/u);
  if (space >= 0) return from + space + 1;
  return /[\uDC00-\uDFFF]/.test(text[from] ?? "") ? from + 1 : from;
}

/** Without the first half of a character whose second half was cut off. */
const wholeCharacters = (text: string): string => (/[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text);
