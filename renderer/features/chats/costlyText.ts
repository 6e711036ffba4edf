/** Emoji, what joins and changes them, and marks that stand on what is before them; with spaces between or not. */
const signs = /(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}\p{Cf}]\s?)+/gu;
/** What shaping a row of them costs grows much faster than its length. */
const maxRowChars = 240;
/** No script has more marks than letters, even where each letter carries one. */
const maxShare = 0.75;

/** Whether a text is dear to lay out, so that little of it may stand together. No person writes such text. */
export function isCostlyText(text: string): boolean {
  let chars = 0;
  for (const [row] of text.matchAll(signs)) {
    if (row.length > maxRowChars) return true;
    chars += row.length;
  }
  return chars > maxShare * text.length;
}
