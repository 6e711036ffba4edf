const opening = "<think>";
const closing = "</think>";

/**
 * An assistant message without the thought in front of it; the rest is kept to the letter.
 * A thought that was never closed takes everything: no answer was written.
 */
export function removeThought(content: string): string {
  if (!content.trimStart().startsWith(opening)) return content;
  const end = content.indexOf(closing);
  return end === -1 ? "" : content.slice(end + closing.length);
}
