/** Returns how many of these signs follow each other at most in a text: code in it needs a longer fence. */
export function longestRun(text: string, sign: "`" | "~"): number {
  return Math.max(0, ...(text.match(sign === "`" ? /`+/g : /~+/g) ?? []).map((run) => run.length));
}
