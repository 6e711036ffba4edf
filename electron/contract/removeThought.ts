const opening = "<think>";
const closing = "</think>";

/**
 * Returns an assistant's message as R1's chat template includes it in a prompt: exactly what follows the last
 * `</think>`. Returns an empty string if the thought was never closed, because then no answer was written.
 */
export function removeThought(content: string): string {
  const end = content.lastIndexOf(closing);
  if (end !== -1) return content.slice(end + closing.length);
  return content.trimStart().startsWith(opening) ? "" : content;
}
