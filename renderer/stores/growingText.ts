const pieceChars = 4096;

/**
 * A text that grows at its end, kept in pieces, so that appending and reading the end take the same time at any length.
 * A joined string would be copied as a whole each time it is read.
 */
export interface GrowingText {
  readonly length: number;
  /** Shared with later states of the text, which only append. Only the first `count` belong to this state. */
  readonly pieces: readonly string[];
  readonly count: number;
  readonly tail: string;
}

export function growingText(text: string): GrowingText {
  return { length: text.length, pieces: text === "" ? [] : [text], count: text === "" ? 0 : 1, tail: "" };
}

/** Returns the text with `more` appended. A state may be continued only once. */
export function appendText(text: GrowingText, more: string): GrowingText {
  const length = text.length + more.length;
  const tail = text.tail + more;
  if (tail.length < pieceChars) return { ...text, length, tail };
  const pieces = text.pieces as string[];
  pieces.push(tail);
  return { length, pieces, count: text.count + 1, tail: "" };
}

/** Returns the text from `start` to `end`. The time depends only on the length of the result. */
export function sliceText({ length, pieces, count, tail }: GrowingText, start: number, end = length): string {
  const found: string[] = [];
  let after = length - tail.length;
  if (end > after) found.push(tail.slice(Math.max(0, start - after), end - after));
  for (let index = count - 1; index >= 0 && after > start; index--) {
    const piece = pieces[index] ?? "";
    const before = after - piece.length;
    if (before < end) found.push(piece.slice(Math.max(0, start - before), end - before));
    after = before;
  }
  return found.length === 1 ? (found[0] ?? "") : found.reverse().join("");
}

/** Returns whether `later` is `earlier`, or `earlier` with text appended. */
export function continuesText(earlier: GrowingText, later: GrowingText): boolean {
  if (later.length < earlier.length) return false;
  if (later.pieces === earlier.pieces) return true;
  return sliceText(later, 0, earlier.length) === sliceText(earlier, 0);
}

/** Returns the position of the first character that is not white space, or the text's length. */
export function startOfWords({ length, pieces, count, tail }: GrowingText): number {
  let before = 0;
  for (let index = 0; index <= count; index++) {
    const piece = (index < count ? pieces[index] : tail) ?? "";
    const at = piece.search(/\S/);
    if (at !== -1) return before + at;
    before += piece.length;
  }
  return length;
}

export const isBlankText = (text: GrowingText): boolean => startOfWords(text) === text.length;
