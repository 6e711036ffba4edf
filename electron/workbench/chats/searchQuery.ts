import { queryWords } from "../../contract/foundWords.ts";

/** The index contains sequences of three characters. Shorter words are found as the beginnings of sequences. */
const shortestIndexedTerm = 3;

/** A search for the words that the user typed: all of them must occur, in any order and position. */
export interface SearchQuery {
  /** All the words, folded. */
  words: string[];
  /** An FTS5 expression for the longer words, or null if there are none. */
  indexed: string | null;
  /** Words of one or two characters. */
  short: string[];
}

/**
 * Parses a query as plain words: quotes, NEAR, * and column names have no special meaning. Returns null if there is
 * nothing to search for.
 */
export function searchQuery(typed: string): SearchQuery | null {
  const words = queryWords(typed);
  if (words.length === 0) return null;
  const isLong = (word: string): boolean => Array.from(word).length >= shortestIndexedTerm;
  const long = words.filter(isLong);
  return {
    words,
    indexed: long.length === 0 ? null : long.map((word) => `"${word.replaceAll('"', '""')}"`).join(" AND "),
    short: words.filter((word) => !isLong(word)),
  };
}
