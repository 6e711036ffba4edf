/** Control characters, line ends, halves of a pair, and the signs by which text can pose as other text. */
const controls = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * Returns text for a surface that the system draws, such as a notification: one line of at most `limit` characters that
 * nothing in it can reorder. Angle brackets become quotation marks: notifications on Linux would read them as markup.
 */
export function systemText(text: string, limit: number): string {
  const line = text.replaceAll(controls, " ").replaceAll("<", "‹").replaceAll(">", "›").trim();
  const characters = Array.from(line);
  return characters.length <= limit
    ? line
    : `${characters
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}
