/** Of about this many characters: small enough that one piece is laid out within a frame. */
const pieceChars = 4_000;
/** A line longer than this is cut at a space, or anywhere if it has none. */
const maxPieceChars = 8_000;

/** Cuts a long text into pieces at line ends, so that only the pieces in sight are laid out. Joined they are the text. */
export function textPieces(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > maxPieceChars) {
    const window = text.slice(start, start + maxPieceChars);
    const lineEnd = window.indexOf("\n", pieceChars);
    const cut = lineEnd === -1 ? window.lastIndexOf(" ") : lineEnd;
    const length = cut < 1 ? maxPieceChars : cut + 1;
    pieces.push(text.slice(start, start + length));
    start += length;
  }
  pieces.push(text.slice(start));
  return pieces;
}
