/** Tokenizing this much takes about 50 ms. Heartbeats and stop requests are handled between two pieces. */
const maxPieceChars = 32_768;
const wordEnd = /[\p{L}\p{N}](?=[^\p{L}\p{N}\p{M}])/gu;

/**
 * Cuts a long text at ends of words. BPE pre-tokenizers split there anyway, so the ids of the pieces equal those of the
 * whole text. Only a text with thousands of letters and nothing between them is cut inside a word.
 */
export function cutLongText(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > maxPieceChars) {
    const window = rest.slice(maxPieceChars / 2, maxPieceChars);
    let end = -1;
    for (const match of window.matchAll(wordEnd)) end = match.index + match[0].length;
    let cut = end === -1 ? maxPieceChars : maxPieceChars / 2 + end;
    // Never cut a surrogate pair.
    if (/[\uD800-\uDBFF]/.test(rest.charAt(cut - 1))) cut++;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  pieces.push(rest);
  return pieces;
}
