import type { Root } from "hast";
import type { GrowingText } from "../../../stores/growingText.ts";

/** A block as it can be drawn now. */
export interface BlockView {
  source: string;
  /** Null: nothing is typeset yet. */
  root: Root | null;
  /** The end of the source that the root does not have yet, while the block grows. */
  rest: string;
  /** `givenUp`: plain text until it has ended; `plain`: plain text for good. */
  state: "waiting" | "drawn" | "givenUp" | "plain";
}

/** Neighbouring blocks, drawn together. */
export interface PartView {
  index: number;
  blocks: readonly BlockView[];
  /** Elements and texts of what is typeset in it. */
  nodes: number;
}

export interface ReplyView {
  text: GrowingText;
  parts: readonly PartView[];
  /** From here on the text is in no part. */
  tailFrom: number;
  /** Whether the tail is plain text for good. */
  isTailPlain: boolean;
  /** The first part with a block that is plain text for good. */
  firstPlainPart: number | null;
  /** Of all parts. */
  nodes: number;
}
