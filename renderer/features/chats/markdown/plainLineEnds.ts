/** Returns the text with `\n` at the end of each line: `\r\n` and a lone `\r` end lines in markdown too. */
export function plainLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
