/** Emoji, what joins and changes them, and marks that stand on what is before them. */
const sign = ["\\p{Extended_Pictographic}", "\\p{Emoji_Modifier}", "\\p{Regional_Indicator}", "\\p{M}", "\\p{Cf}"].join(
  "|",
);

/** A row of them, with nothing but spaces between: what shaping it costs grows much faster than its length. */
const row = new RegExp(`(?:(?:${sign})\\s?){120}`, "u");
const anySign = new RegExp(sign, "gu");
/** No script has more marks than letters, even where each letter carries one. */
const maxShare = 0.6;

/** Whether a text is dear to lay out, so that little of it may stand together. No person writes such text. */
export function isCostlyText(text: string): boolean {
  return row.test(text) || (text.match(anySign)?.length ?? 0) > maxShare * text.length;
}
