import { replyLimits } from "./answerLimits.ts";
import type { Typeset } from "./Typesetter.ts";

/** What the blocks of one reply have cost together. */
export class ReplyBudget {
  #nodes = 0;
  #formulas = 0;
  #cells = 0;
  #workMs = 0;

  /** Whether a block that begins after so many blocks and characters may still be cut off. */
  static hasRoomFor(blocks: number, chars: number): boolean {
    return blocks < replyLimits.blocks && chars < replyLimits.chars;
  }

  /** Counts a block in, in the order of the text. Returns false if it is too much; it is then not counted. */
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

  /** Whether blocks that are not typeset yet still may be. */
  get hasTime(): boolean {
    return this.#workMs < replyLimits.workMs;
  }
}
