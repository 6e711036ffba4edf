const maxTitleChars = 60;

const graphemes = new Intl.Segmenter();

/**
 * A chat's title from its first message: the first line with words, cut at a word, 60 characters at most. Empty if the
 * message has no words.
 */
export function chatTitle(message: string): string {
  const line = message
    .replaceAll(/[^\S\n]+|\p{Cc}(?<!\n)/gu, " ")
    .split("\n")
    .map((part) => part.trim())
    .find((part) => part !== "");
  if (line === undefined) return "";
  const characters = Array.from(graphemes.segment(line.slice(0, 2000)), ({ segment }) => segment);
  if (characters.length <= maxTitleChars) return line;
  const head = characters.slice(0, maxTitleChars - 1).join("");
  const lastSpace = head.lastIndexOf(" ");
  // Scripts without spaces, and one very long word, are cut where they are.
  const cut = lastSpace > head.length / 2 ? head.slice(0, lastSpace) : head;
  return `${cut.replace(/[\s,;:.]+$/u, "")}…`;
}
