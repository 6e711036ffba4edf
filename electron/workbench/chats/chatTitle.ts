const maxTitleChars = 60;

const graphemes = new Intl.Segmenter();

/**
 * Returns a chat's title from its first message: the first line with words, cut at a word, at most 60 characters. Empty
 * if the message has no words.
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
  // Scripts without spaces and very long words are cut inside a word.
  const cut = lastSpace > head.length / 2 ? head.slice(0, lastSpace) : head;
  return `${cut.replace(/[\s,;:.]+$/u, "")}…`;
}
