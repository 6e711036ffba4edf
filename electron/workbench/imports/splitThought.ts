const opening = "<think>";
const closing = "</think>";

/** Separates the thought from a reply that other apps keep as one text. A thought without an end is all there is. */
export function splitThought(reply: string): { thought: string | null; text: string } {
  const start = reply.trimStart();
  const opens = start.startsWith(opening);
  const end = start.indexOf(closing);
  const isUnopened = !opens && end !== -1 && !start.slice(0, end).includes(opening);
  if (!opens && !isUnopened) return { thought: null, text: reply };
  const from = opens ? opening.length : 0;
  const thought = start.slice(from, end === -1 ? undefined : end).trim();
  const text = end === -1 ? "" : start.slice(end + closing.length).trimStart();
  return { thought: thought === "" ? null : thought, text };
}
