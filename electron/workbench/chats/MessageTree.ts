import type { TreeNode } from "./MessageTable.ts";

/** A chat's messages as a tree. Children of one parent are versions of each other, oldest first. */
export class MessageTree {
  readonly #parents: ReadonlyMap<string, string | null>;
  readonly #children = new Map<string | null, string[]>();

  constructor(nodes: readonly TreeNode[]) {
    this.#parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
    for (const { id, parentId } of nodes) {
      const siblings = this.#children.get(parentId);
      if (siblings === undefined) this.#children.set(parentId, [id]);
      else siblings.push(id);
    }
  }

  /** From the first message to `leafId`; empty for null or an unknown id. */
  branchTo(leafId: string | null): string[] {
    const branch: string[] = [];
    const seen = new Set<string>();
    let id = leafId;
    while (id !== null && !seen.has(id)) {
      const parentId = this.#parents.get(id);
      if (parentId === undefined) break;
      seen.add(id);
      branch.push(id);
      id = parentId;
    }
    return branch.reverse();
  }

  /** The versions of a message, itself included. */
  versionsOf(messageId: string): readonly string[] {
    return this.#children.get(this.#parents.get(messageId) ?? null) ?? [];
  }

  /** Where the branch through this message ends, taking the newest version at each step. */
  leafBelow(messageId: string): string {
    let leaf = messageId;
    for (let next = this.#children.get(leaf)?.at(-1); next !== undefined; next = this.#children.get(leaf)?.at(-1)) {
      leaf = next;
    }
    return leaf;
  }
}
