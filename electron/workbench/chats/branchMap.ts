import type { BranchRun } from "../../contract/branchMap.ts";
import type { MessageTree } from "./MessageTree.ts";

/** More runs than this are not listed. */
const mostRuns = 2000;

/** A run without what is read from its messages. */
export type BareRun = Pick<BranchRun, "messageId" | "count" | "level" | "isShown" | "version">;

/**
 * Returns the tree as runs: a message, and those below it up to the next fork. A fork's versions follow its run, one
 * level deeper; the one that leads to `leafId`, or else the newest, comes last and stays on the level. This keeps a chat in
 * which every reply has versions flat.
 */
export function branchMap(tree: MessageTree, leafId: string | null): { runs: BareRun[]; isAll: boolean } {
  const shown = new Set(tree.branchTo(leafId));
  const runs: BareRun[] = [];
  const roots = tree.childrenOf(null);
  const mainOf = (versions: readonly string[]): string | undefined =>
    versions.find((id) => shown.has(id)) ?? versions.at(-1);
  /** What is still to be listed, the next one last. */
  const left: { id: string; level: number }[] = [];
  const fork = (versions: readonly string[], level: number): void => {
    const main = mainOf(versions);
    if (main === undefined) return;
    left.push({ id: main, level });
    for (const id of versions.toReversed()) if (id !== main) left.push({ id, level: level + 1 });
  };
  const first = mainOf(roots);
  // The versions of the first message have nothing above them that they could be below.
  if (roots.length > 1 && first !== undefined) {
    runs.push({ messageId: first, count: 0, level: 1, isShown: true, version: { index: 1, count: 1 } });
  }
  fork(roots, 1);
  for (let next = left.pop(); next !== undefined && runs.length < mostRuns; next = left.pop()) {
    const { id, level } = next;
    let count = 1;
    let below = tree.childrenOf(id);
    for (let only = below.length === 1 ? below[0] : undefined; only !== undefined; count++) {
      below = tree.childrenOf(only);
      only = below.length === 1 ? below[0] : undefined;
    }
    const versions = tree.versionsOf(id);
    const version = { index: versions.indexOf(id) + 1, count: versions.length };
    runs.push({ messageId: id, count, level, isShown: shown.has(id), version });
    fork(below, level);
    if (runs.length === mostRuns) return { runs, isAll: left.length === 0 };
  }
  return { runs, isAll: left.length === 0 };
}
