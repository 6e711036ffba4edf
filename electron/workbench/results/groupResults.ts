import { equalResults } from "./equalResults.ts";

/**
 * Returns the indexes of answers with the same result, the largest group first, then the one that came first. Answers
 * without a result (null) are in no group.
 */
export function groupResults(results: readonly (string | null)[]): number[][] {
  const groups: { members: number[]; says: string }[] = [];
  for (const [index, result] of results.entries()) {
    if (result === null) continue;
    const group = groups.find(({ says }) => equalResults(says, result));
    if (group === undefined) groups.push({ members: [index], says: result });
    else {
      group.members.push(index);
      // The longer one says more: with its unit, other units are told apart.
      if (result.length > group.says.length) group.says = result;
    }
  }
  return groups.map(({ members }) => members).toSorted((one, other) => other.length - one.length);
}
