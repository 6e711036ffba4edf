const afterLastLetter = /^.*[\p{L}\p{N}]/su;

/**
 * Cuts a text inside every spelling of a user-defined token, so that tokenizing the pieces one by one never yields that
 * token. The cut is after the last letter (`<think` `>`), where pre-tokenizers split anyway, so the ids are those of
 * ordinary text.
 */
export function cutSpellings(text: string, spellings: readonly string[]): string[] {
  if (spellings.length === 0) return [text];
  const pattern = spellingPattern(spellings);
  const pieces: string[] = [];
  const waiting = [text];
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    const found = piece.search(pattern);
    if (found === -1) {
      pieces.push(piece);
      continue;
    }
    const spelling = pattern.exec(piece)?.[0] ?? "";
    const cut = found + (afterLastLetter.exec(spelling.slice(0, -1))?.[0].length ?? 1);
    waiting.push(piece.slice(cut), piece.slice(0, cut));
  }
  return pieces;
}

/** Returns a pattern that matches the longest of the spellings at the leftmost position. */
export function spellingPattern(spellings: Iterable<string>, flags = "u"): RegExp {
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((spelling) => spelling.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"), flags);
}
