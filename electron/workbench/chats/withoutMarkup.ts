/** Longer texts stay as they are, so that a search stays quick. */
const maxChars = 200_000;

/**
 * What an answer's Markdown shows as words, in the order in which it is removed. No pattern may take longer than the
 * text is long, since a model may write anything.
 */
const markup: readonly [pattern: RegExp, words: string][] = [
  [/^[ \t]*(?:```|~~~).*$/gmu, ""],
  // Headings, quotations and lists.
  [/^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)/gmu, ""],
  // The line under a table's head, then the bars between cells.
  [/^[ \t|:]*-{3}[ \t|:-]*$/gmu, ""],
  [/^[ \t]*\||\|[ \t]*$/gmu, ""],
  [/[ \t]\|[ \t]/gu, " "],
  [/!?\[([^[\]]{0,1000})\]\([^()\s]{0,1000}\)/gu, "$1"],
  [/\*\*|~~|`/gu, ""],
  [/(?<![\p{L}\p{N}_])__?(?=\S)|(?<=\S)__?(?![\p{L}\p{N}_])/gu, ""],
  [/(?<![\p{L}\p{N}*\s\\])\*(?=\S)|(?<=^|[\s(])\*(?=[^\s*])|(?<=[^\s*\\])\*(?=[\s.,;:!?)]|$)/gmu, ""],
  [/\\([*_`#[\]()|~\\])/gu, "$1"],
];

/** Returns a reply's answer about as it is read, without the marks of Markdown. */
export function withoutMarkup(markdown: string): string {
  if (markdown.length > maxChars) return markdown;
  return markup.reduce((text, [pattern, words]) => text.replaceAll(pattern, words), markdown);
}
