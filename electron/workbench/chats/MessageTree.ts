import type { TreeNode } from "./MessageTable.ts";

/**
 * A chat's messages as a tree. Children of one parent are versions of each other, oldest first. One whose parent is
 * not in the chat, or is below itself, was damaged, and follows the message before it.
 */
export class MessageTree {
  readonly #nodes = new Map<string, TreeNode>();
  readonly #children = new Map<string | null, string[]>();
  /** Null in a chat without messages. */
  readonly newest: string | null;

  constructor(nodes: readonly TreeNode[]) {
    const ids = new Set(nodes.map(({ id }) => id));
    /** Nodes whose parent comes later, because a row number was damaged; by that parent. */
    const waiting = new Map<string, TreeNode[]>();
    let before: string | null = null;
    const place = (first: TreeNode): void => {
      for (const node of withWaiting(first, waiting)) {
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
    };
    for (const node of nodes) {
      const { parentId } = node;
      if (parentId === null || this.#nodes.has(parentId) || !ids.has(parentId)) place(node);
      else waiting.set(parentId, [...(waiting.get(parentId) ?? []), node]);
    }
    // What is left are messages that follow each other in a circle.
    for (const node of nodes) place(node);
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

/** Returns the node, what waited for it, what waited for those, and so on, and takes them off the waiting ones. */
function withWaiting(first: TreeNode, waiting: Map<string, TreeNode[]>): TreeNode[] {
  const nodes = [first];
  for (const { id } of nodes) {
    nodes.push(...(waiting.get(id) ?? []));
    waiting.delete(id);
  }
  return nodes;
}
