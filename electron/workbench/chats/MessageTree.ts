import type { TreeNode } from "./MessageTable.ts";

/**
 * A chat's messages as a tree. Children of one parent are versions of each other, oldest first. A message is written
 * after its parent; one whose parent is none of those before it was damaged, and follows the message before it.
 */
export class MessageTree {
  readonly #nodes = new Map<string, TreeNode>();
  readonly #children = new Map<string | null, string[]>();
  /** Null in a chat without messages. */
  readonly newest: string | null;

  constructor(nodes: readonly TreeNode[]) {
    let before: string | null = null;
    for (const node of nodes) {
      // Of two rows with the same id, the later one is damaged.
      if (this.#nodes.has(node.id)) continue;
      const known = node.parentId === null || this.#nodes.has(node.parentId);
      const parentId: string | null = known ? node.parentId : before;
      this.#nodes.set(node.id, { ...node, parentId });
      const siblings = this.#children.get(parentId);
      if (siblings === undefined) this.#children.set(parentId, [node.id]);
      else siblings.push(node.id);
      before = node.id;
    }
    this.newest = before;
  }

  node(messageId: string): TreeNode | undefined {
    return this.#nodes.get(messageId);
  }

  /** From the first message to `leafId`; empty for null or an unknown id. */
  branchTo(leafId: string | null): string[] {
    const branch: string[] = [];
    for (let node = this.#at(leafId); node !== undefined; node = this.#at(node.parentId)) branch.push(node.id);
    return branch.reverse();
  }

  /** The versions of a message, itself included. */
  versionsOf(messageId: string): readonly string[] {
    return this.#children.get(this.#nodes.get(messageId)?.parentId ?? null) ?? [];
  }

  /** Where the branch through this message ends, taking the newest version at each step. */
  leafBelow(messageId: string): string {
    let leaf = messageId;
    for (let next = this.#children.get(leaf)?.at(-1); next !== undefined; next = this.#children.get(leaf)?.at(-1)) {
      leaf = next;
    }
    return leaf;
  }

  #at(id: string | null): TreeNode | undefined {
    return id === null ? undefined : this.#nodes.get(id);
  }
}
