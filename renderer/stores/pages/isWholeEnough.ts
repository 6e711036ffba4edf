import type { FoundPage } from "./pageOf.ts";

/** Less than this shows nothing yet, in characters. */
const leastChars = 40;

/** Returns whether a page that is still being written can be shown: something of what it draws must be there. */
export function isWholeEnough({ kind, files, isPartial }: FoundPage): boolean {
  if (!isPartial) return true;
  // Half a component cannot be compiled.
  if (kind === "component") return false;
  const text = files[0]?.text ?? "";
  if (kind === "svg") return text.includes(">") && text.length > leastChars;
  const at = text.search(/<body[\s>]/i);
  if (at !== -1) return text.length - at > leastChars;
  return !/<(?:html|head)[\s>]/i.test(text) && text.length > leastChars;
}
