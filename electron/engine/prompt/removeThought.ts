const opening = "<think>";
const closing = "</think>";

/**
 * An assistant's message as R1's chat template feeds it back: what follows the last `</think>`, to the letter.
 * A thought that was never closed takes everything: no answer was written.
 */
export function removeThought(content: string): string {
  const end = content.lastIndexOf(closing);
  if (end !== -1) return content.slice(end + closing.length);
  return content.trimStart().startsWith(opening) ? "" : content;
}
