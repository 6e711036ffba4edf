import type { BranchRun } from "../../../electron/contract/branchMap.ts";

/**
 * Returns the row that a key leads to from this one, or null if the key is none of a tree's: up and down, Home and End,
 * left to the run that a version branches off, right to the first version below.
 */
export function branchStep(runs: readonly Pick<BranchRun, "level">[], from: number, key: string): number | null {
  const last = runs.length - 1;
  const level = runs[from]?.level ?? 1;
  const within = (index: number): number => Math.min(Math.max(0, index), last);
  switch (key) {
    case "ArrowDown":
      return within(from + 1);
    case "ArrowUp":
      return within(from - 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "ArrowLeft": {
      const parent = runs.slice(0, from).findLastIndex((run) => run.level < level);
      return parent >= 0 ? parent : from;
    }
    case "ArrowRight":
      return (runs[from + 1]?.level ?? 0) > level ? from + 1 : from;
    default:
      return null;
  }
}
