/** Tokenising this much takes some 50 ms; the engine's heartbeat and a stop get through between two pieces. */
const maxPieceChars = 32_768;
const wordEnd = /[\p{L}\p{N}](?=[^\p{L}\p{N}\p{M}])/gu;

/**
 * Cuts a long text where a word ends. BPE pre-tokenizers split there anyway, so the pieces' ids are those of
 * the whole. Only a text of thousands of letters with nothing between them is cut inside.
 */
export function cutLongText(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > maxPieceChars) {
    const window = rest.slice(maxPieceChars / 2, maxPieceChars);
    let end = -1;
    for (const match of window.matchAll(wordEnd)) end = match.index + match[0].length;
    let cut = end === -1 ? maxPieceChars : maxPieceChars / 2 + end;
    // Never between the halves of a surrogate pair.
    if (/[\uD800-\uDBFF]/.test(rest.charAt(cut - 1))) cut++;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  pieces.push(rest);
  return pieces;
}
