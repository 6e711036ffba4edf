import type { PartView } from "./replyView.ts";

/** Returns, for each part of a reply, how many lines of formulas in the parts above it have a number. */
export function numbersAbove(parts: readonly PartView[]): number[] {
  let count = 0;
  return parts.map(({ numbers }) => {
    const above = count;
    count += numbers;
    return above;
  });
}
