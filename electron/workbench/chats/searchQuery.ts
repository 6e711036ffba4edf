/** The trigram index holds sequences of three characters; shorter queries need a scan. */
const shortestIndexedTerm = 3;

/** A search in the words the person typed: all of them must occur, in any order, anywhere. */
export interface SearchQuery {
  /** An FTS5 expression for the longer words, or null if there are none. */
  indexed: string | null;
  /** Words too short for the index, in lower case. */
  scanned: string[];
}

/** Reads a query as plain words: quotes, NEAR, * and column names have no meaning here. Null: nothing to search for. */
export function searchQuery(typed: string): SearchQuery | null {
  // A NUL would end the expression early; a lone surrogate cannot be in the index.
  const words = Buffer.from(typed.replaceAll("\0", " "), "utf8")
    .toString("utf8")
    .split(/\s+/u)
    .filter((word) => word !== "");
  if (words.length === 0) return null;
  const long = words.filter((word) => Array.from(word).length >= shortestIndexedTerm);
  const short = words.filter((word) => Array.from(word).length < shortestIndexedTerm);
  return {
    indexed: long.length === 0 ? null : long.map((word) => `"${word.replaceAll('"', '""')}"`).join(" AND "),
    scanned: short.map((word) => word.toLowerCase()),
  };
}
