import { type ReplyBlock, viewOfBlock } from "./replyBlock.ts";
import type { BlockView, PartView, ReplyView } from "./replyView.ts";

/** The parts of one reply as they are rendered. A part in which nothing changed remains the same object. */
export class ReplyParts {
  #parts: PartView[] = [];
  readonly #changed = new Set<number>();

  /** Marks a part as changed. */
  change(index: number): void {
    this.#changed.add(index);
  }

  view(blocks: readonly ReplyBlock[]): Pick<ReplyView, "parts" | "firstPlainPart" | "nodes"> {
    const count = (blocks.at(-1)?.part ?? -1) + 1;
    const parts = this.#parts.slice(0, count);
    for (const index of this.#changed) if (index < count) parts[index] = makePart(index, blocks);
    this.#changed.clear();
    this.#parts = parts;
    return {
      parts,
      firstPlainPart: parts.find((part) => part.blocks.some(({ state }) => state === "plain"))?.index ?? null,
      nodes: parts.reduce((sum, { nodes }) => sum + nodes, 0),
    };
  }
}

function makePart(index: number, blocks: readonly ReplyBlock[]): PartView {
  const views: BlockView[] = [];
  let nodes = 0;
  for (let at = firstOf(index, blocks); blocks[at]?.part === index; at++) {
    const block = blocks[at];
    if (!block) break;
    views.push(viewOfBlock(block));
    if (block.typeset && block.typeset !== "plain") nodes += block.typeset.counts.nodes;
  }
  return { index, blocks: views, nodes, numbers: views.reduce((sum, { numbers }) => sum + numbers, 0) };
}

/** Returns the first block of a part. The parts are in order. */
function firstOf(index: number, blocks: readonly ReplyBlock[]): number {
  let from = 0;
  for (let to = blocks.length; from < to; ) {
    const middle = (from + to) >> 1;
    if ((blocks[middle]?.part ?? 0) < index) from = middle + 1;
    else to = middle;
  }
  return from;
}
