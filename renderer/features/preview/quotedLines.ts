/** Returns a text that a page wrote as a quotation in Markdown. No line of it, however it ends, gets out of that. */
export const quotedLines = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => `> ${line}`)
    .join("\n");
