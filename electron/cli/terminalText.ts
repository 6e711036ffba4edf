/** C0 but tab and line feed, DEL, C1, and the controls that reorder or hide text. */
const controls = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu;

/**
 * Text from a model or a file, made harmless for a terminal: escape sequences and control characters are shown
 * as signs instead of being obeyed. Line feeds and tabs stay.
 */
export function terminalText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(controls, (control) => {
    const code = control.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\uFFFD";
  });
}

/** One JSON document in which no character can act on a terminal. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /\p{Cc}|\p{Bidi_Control}/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
