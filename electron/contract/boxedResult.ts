import { finalResult } from "./finalResult.ts";

/** A longer result says nothing at a glance. */
const longest = 200;

/** Returns what the last `\boxed{…}` of an answer (without its thought) contains, as LaTeX. Null if there is none. */
export function boxedResult(answer: string): string | null {
  if (!answer.includes("boxed")) return null;
  const result = finalResult(answer);
  return result?.from === "boxed" && result.text.length <= longest ? result.text : null;
}
