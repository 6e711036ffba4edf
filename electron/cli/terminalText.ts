/**
 * C0 but tab and line feed, DEL, C1, and the embeddings, overrides and isolates by which text can pose as other text.
 * The marks LRM, RLM and ALM move nothing but what stands beside them, and Hebrew and Arabic texts need them.
 */
const controls = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Returns a text from a model or a file with its control characters replaced by visible signs, so that a terminal
 * does not obey them. Line feeds and tabs stay.
 */
export function terminalText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(controls, (control) => {
    const code = control.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\uFFFD";
  });
}

/** Returns a JSON document in which no character can act on a terminal. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
