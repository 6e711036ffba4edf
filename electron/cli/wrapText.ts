import stringWidth from "string-width";

/**
 * Returns the lines of a text, each at most `width` cells wide on a terminal. Chinese characters take two cells, and
 * lines may end between their words; elsewhere only at spaces, but not between a number and its unit.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of withUnits(text.split(/(?<= )/).flatMap(breakable))) {
    if (line !== "" && stringWidth((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}

/** Returns the pieces with each number joined to the piece after it, such as "30 " to "s)". */
function withUnits(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    if (before !== undefined && /^\P{L}*\d $/u.test(before)) joined[joined.length - 1] = before + piece;
    else joined.push(piece);
  }
  return joined;
}

const chinese = /\p{Script=Han}/u;
const words = new Intl.Segmenter("zh", { granularity: "word" });
/** A line may not begin with these, and not end with those that open. */
const closing = /^[\p{Pe}\p{Pf}，。、；：！？%…]/u;
const opening = /[\p{Ps}\p{Pi}]$/u;

/** Returns the pieces of a word, with the spaces after it, between which a line may end. */
function breakable(word: string): string[] {
  if (!chinese.test(word)) return [word];
  const pieces: string[] = [];
  for (const { segment } of words.segment(word)) {
    const before = pieces.at(-1);
    const isBound =
      before !== undefined &&
      (closing.test(segment) ||
        opening.test(before) ||
        segment.trim() === "" ||
        (!chinese.test(segment) && !chinese.test(before) && !closing.test(before.slice(-1))));
    if (isBound) pieces[pieces.length - 1] = before + segment;
    else pieces.push(segment);
  }
  return pieces;
}
