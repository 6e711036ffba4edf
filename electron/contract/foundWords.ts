import type { TextRange } from "./chats.ts";
import { foldText } from "./foldText.ts";

/** A longer word without spaces can only match as a whole. */
const maxPreciseChars = 20_000;

/** Spaces within a paragraph: an empty line ends it. */
const gap = /^[^\S\n]*\n?[^\S\n]*$/u;
const mostSpaces = 100;
const mostPlaces = 10_000;

/** Returns the words of a query in the form that search compares. */
export function queryWords(typed: string): string[] {
  return foldText(typed)
    .split(/\s+/u)
    .filter((word) => word !== "");
}

/**
 * Returns the ranges of a text that match the words (from `queryWords`), in order and at most `most` of them.
 * Overlapping ranges are merged. Never throws.
 */
export function foundWords(text: string, words: readonly string[], most = 1000): TextRange[] {
  if (words.length === 0) return [];
  const ranges: TextRange[] = [];
  // Query words contain no spaces, so no match spans a space.
  for (const { 0: part, index } of text.matchAll(/\S+/gu)) {
    for (const [start, end] of inPart(part, words)) ranges.push([index + start, index + end]);
    if (ranges.length >= most) break;
  }
  return ranges;
}

/**
 * Returns what `foundWords` does, with the words that follow each other as one range. With `asPhrase`, only the ranges
 * in which all words follow each other as in the query.
 */
export function foundPlaces(text: string, words: readonly string[], asPhrase = false): TextRange[] {
  const ranges = withoutGaps(text, foundWords(text, words, mostPlaces), words);
  return asPhrase ? phrasesIn(ranges, words, (range) => foldText(text.slice(...range))) : ranges;
}

/** Returns how many ranges `foundPlaces` returns, counted in the folded text, which is faster. */
export function countPlaces(text: string, words: readonly string[], asPhrase = false): number {
  const folded = foldText(text);
  const found = words.flatMap((word) => allIn(folded, word)).sort(([one], [other]) => one - other);
  if (found.length === 0) return 0;
  const ranges = withoutGaps(folded, joined(found), words);
  return (asPhrase ? phrasesIn(ranges, words, (range) => folded.slice(...range)) : ranges).length;
}

/** Merges ranges of different words with only spaces between them. */
function withoutGaps(text: string, ranges: readonly TextRange[], words: readonly string[]): TextRange[] {
  if (words.length === 1) return [...ranges];
  const merged: TextRange[] = [];
  for (const [start, end] of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && start - last[1] < mostSpaces && gap.test(text.slice(last[1], start))) last[1] = end;
    else merged.push([start, end]);
  }
  return merged;
}

function phrasesIn(
  ranges: readonly TextRange[],
  words: readonly string[],
  folded: (range: TextRange) => string,
): TextRange[] {
  if (words.length === 1) return [...ranges];
  const phrase = words.join(" ");
  return ranges.filter((range) => folded(range).replaceAll(/\s+/gu, " ").includes(phrase));
}

function inPart(part: string, words: readonly string[]): TextRange[] {
  const folded = foldText(part);
  const found = words.flatMap((word) => allIn(folded, word)).sort(([one], [other]) => one - other);
  if (found.length === 0) return [];
  const isSame =
    folded.length === part.length &&
    found.every(([start, end]) => foldText(part.slice(start, end)) === folded.slice(start, end));
  const toPart = isSame ? (at: number): number => at : unfolded(part, folded.length);
  return joined(found).map(([start, end]) => [toPart(start), Math.max(toPart(end), toPart(start) + 1)]);
}

function allIn(folded: string, word: string): TextRange[] {
  const ranges: TextRange[] = [];
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
    ranges.push([at, at + word.length]);
  }
  return ranges;
}

function joined(sorted: readonly TextRange[]): TextRange[] {
  const ranges: TextRange[] = [];
  for (const [start, end] of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

/**
 * Returns a function that maps positions in the folded part to positions in the part itself. Characters that combine
 * into one when folded (letters with their accents, the parts of a Korean syllable) are folded together here too.
 */
function unfolded(part: string, foldedLength: number): (at: number) => number {
  if (part.length > maxPreciseChars) return (at) => (at === 0 ? 0 : part.length);
  const places: number[] = [];
  let before = 0;
  for (const { 0: cluster, index } of part.matchAll(/(?:[\u1100-\u11FF]+|[^])[\p{M}\uFF9E\uFF9F]*/gu)) {
    const { length } = foldText(cluster);
    for (let at = 0; at < length; at++) places.push(index);
    before += length;
  }
  // Folding the clusters one by one gave a different text, so the positions in it are not known.
  if (before !== foldedLength) return (at) => (at === 0 ? 0 : part.length);
  return (at) => places[at] ?? part.length;
}
