import type { TreeNode } from "./MessageTable.ts";

/**
 * A chat's messages as a tree. Children of one parent are versions of each other, oldest first. A message whose parent
 * is not in the chat or is one of its descendants is damaged, and is placed after the message before it.
 */
export class MessageTree {
  readonly #nodes = new Map<string, TreeNode>();
  readonly #children = new Map<string | null, string[]>();
  /** Null if the chat has no messages. */
  readonly newest: string | null;

  constructor(nodes: readonly TreeNode[]) {
    const ids = new Set(nodes.map(({ id }) => id));
    /** Nodes whose parent comes later because a row number was damaged, by that parent. */
    const waiting = new Map<string, TreeNode[]>();
    let before: string | null = null;
    const place = (first: TreeNode): void => {
      for (const node of withWaiting(first, waiting)) {
        // If two rows have the same id, the later one is damaged.
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
    // The remaining messages form a cycle.
    for (const node of nodes) place(node);
    this.newest = before;
  }

  /** The ids of all messages, each after its parent. */
  get ids(): string[] {
    return [...this.#nodes.keys()];
  }

  node(messageId: string): TreeNode | undefined {
    return this.#nodes.get(messageId);
  }

  /** Returns the messages from the first one to `leafId`. Empty for null or an unknown id. */
  branchTo(leafId: string | null): string[] {
    const branch: string[] = [];
    for (let node = this.#at(leafId); node !== undefined; node = this.#at(node.parentId)) branch.push(node.id);
    return branch.reverse();
  }

  /** Returns the versions of a message, including itself. */
  versionsOf(messageId: string): readonly string[] {
    return this.#children.get(this.#nodes.get(messageId)?.parentId ?? null) ?? [];
  }

  /** Returns the messages below this one, oldest first; for null, the versions of the first message. */
  childrenOf(messageId: string | null): readonly string[] {
    return this.#children.get(messageId) ?? [];
  }

  /** Returns the last message of the branch through this message, taking the newest version at each step. */
  leafBelow(messageId: string): string {
    let leaf = messageId;
    for (let next = this.#children.get(leaf)?.at(-1); next !== undefined; next = this.#children.get(leaf)?.at(-1)) {
      leaf = next;
    }
    return leaf;
  }

  /** Returns a message and all messages below it, on every branch, parents first. */
  subtree(messageId: string): string[] {
    const found = [messageId];
    for (const id of found) found.push(...(this.#children.get(id) ?? []));
    return found;
  }

  #at(id: string | null): TreeNode | undefined {
    return id === null ? undefined : this.#nodes.get(id);
  }
}

/**
 * Returns the node and all nodes that were waiting for it, directly or indirectly, and removes those from `waiting`.
 */
function withWaiting(first: TreeNode, waiting: Map<string, TreeNode[]>): TreeNode[] {
  const nodes = [first];
  for (const { id } of nodes) {
    nodes.push(...(waiting.get(id) ?? []));
    waiting.delete(id);
  }
  return nodes;
}
