import { replyLimits } from "./answerLimits.ts";
import type { Typeset } from "./Typesetter.ts";

/** The total that the blocks of one reply have used. */
export class ReplyBudget {
  #nodes = 0;
  #formulas = 0;
  #cells = 0;
  #workMs = 0;

  /** Returns whether a block that starts after this many blocks and characters is within the budget. */
  static hasRoomFor(blocks: number, chars: number): boolean {
    return blocks < replyLimits.blocks && chars < replyLimits.chars;
  }

  /** Counts a block, in the order of the text. Returns false, without counting it, if it exceeds the budget. */
  take(typeset: Typeset, workMs: number): boolean {
    this.#workMs += workMs;
    if (typeset === "plain") return true;
    const { nodes, formulas, cells } = typeset.counts;
    const fits =
      this.#nodes + nodes <= replyLimits.nodes &&
      this.#formulas + formulas <= replyLimits.formulas &&
      this.#cells + cells <= replyLimits.cells;
    if (!fits) return false;
    this.#nodes += nodes;
    this.#formulas += formulas;
    this.#cells += cells;
    return true;
  }

  /** Whether there is time left for blocks that have not been typeset yet. */
  get hasTime(): boolean {
    return this.#workMs < replyLimits.workMs;
  }
}
