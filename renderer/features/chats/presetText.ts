/** The variables of a text, at most this many. More of them stay as they are written. */
const mostVariables = 20;
const variable = /\{\{[ \t]*([\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_ -]{0,38}[\p{L}\p{M}\p{N}_])?)[ \t]*\}\}/gu;

/** Returns the names of a preset's variables, `{{name}}` in its text, in the order in which they first occur. */
export function presetVariables(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(variable)) {
    names.add(name);
    if (names.size === mostVariables) break;
  }
  return [...names];
}

/** Returns the text with its variables filled in. What is filled in is not looked at for variables again. */
export function filledPreset(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(variable, (written, name: string) => values.get(name) ?? written);
}
