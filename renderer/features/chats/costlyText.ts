/** Runs of emoji, joiners, modifiers and combining marks, with or without spaces. */
const signs = /(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}\p{Cf}]\s?)+/gu;
/** The cost of shaping such a run grows much faster than its length. */
const maxRowChars = 240;
/** No script has more marks than letters, even where each letter carries one. */
const maxShare = 0.75;

/** Returns whether a text is slow to lay out and must be split into short pieces. People do not write such text. */
export function isCostlyText(text: string): boolean {
  let chars = 0;
  for (const [row] of text.matchAll(signs)) {
    if (row.length > maxRowChars) return true;
    chars += row.length;
  }
  return chars > maxShare * text.length;
}
