import { longestRun } from "../../parts/longestRun.ts";

/** Returns a text that a page wrote as code within a line of Markdown, which nothing in it ends. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  const longest = longestRun(line, "`");
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
