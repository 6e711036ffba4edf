import type { Root } from "hast";
import type { GrowingText } from "../../../stores/growingText.ts";

/** A block as it can be rendered now. */
export interface BlockView {
  source: string;
  /** Null if nothing has been typeset yet. */
  root: Root | null;
  /** While the block grows, the end of the source that is not in the root yet. */
  rest: string;
  /** `givenUp`: plain text until it has ended; `plain`: plain text permanently. */
  state: "waiting" | "drawn" | "givenUp" | "plain";
  /** How many lines of its formulas get a number. 0 while the block grows. */
  numbers: number;
}

/** Neighbouring blocks that are rendered together. */
export interface PartView {
  index: number;
  blocks: readonly BlockView[];
  /** The elements and texts that have been typeset in it. */
  nodes: number;
  /** How many lines of its formulas get a number. */
  numbers: number;
}

export interface ReplyView {
  text: GrowingText;
  parts: readonly PartView[];
  /** The offset from which the text is in no part. */
  tailFrom: number;
  /** Whether the tail remains plain text. */
  isTailPlain: boolean;
  /** The first part with a block that remains plain text. */
  firstPlainPart: number | null;
  /** The elements and texts of all parts. */
  nodes: number;
}
