/** Control characters, line separators, lone surrogates, and characters that make text look like other text. */
const controls = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * Returns text for something that the system draws, such as a notification: one line of at most `limit` characters
 * without characters that could reorder it. Angle brackets become quotation marks, because notifications on Linux would
 * parse them as markup.
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
