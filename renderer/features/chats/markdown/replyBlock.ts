import type { Root } from "hast";
import type { BlockView } from "./replyView.ts";
import type { Typeset } from "./Typesetter.ts";

/** A block of a reply, as far as it is known. */
export interface ReplyBlock {
  start: number;
  source: string;
  part: number;
  /** The length of the blocks before it in its part. */
  charsBefore: number;
  blocksBefore: number;
  /** Made from exactly this source. */
  typeset: Typeset | null;
  /** How long typesetting took, in milliseconds. */
  workMs: number;
  /** Made from the beginning of the source. */
  earlier: { root: Root; length: number } | null;
  /** Whether it exceeded a limit while growing. It is then not tried again before it has ended. */
  isGivenUp: boolean;
}

/** A part ends with the block that reaches this length. */
const partChars = 2_000;
const partBlocks = 60;

/** Returns the block that begins where `before` does, and keeps what is known of it. */
export function grownBlock(before: ReplyBlock | undefined, start: number, source: string): ReplyBlock {
  const isContinued = before !== undefined && source.startsWith(before.source);
  let earlier = isContinued ? before.earlier : null;
  if (isContinued && before.typeset !== null && before.typeset !== "plain") {
    earlier = { root: before.typeset.root, length: before.source.length };
  }
  return {
    start,
    source,
    part: 0,
    charsBefore: 0,
    blocksBefore: 0,
    typeset: null,
    workMs: 0,
    earlier,
    isGivenUp: isContinued && before.isGivenUp,
  };
}

/**
 * Puts a block into the part of the previous one, or into the next part. This depends on the text alone, so that a
 * streamed reply is divided like a stored one.
 */
export function placeAfter(previous: ReplyBlock | undefined, block: ReplyBlock): void {
  const charsBefore = previous ? previous.charsBefore + previous.source.length : 0;
  const blocksBefore = previous ? previous.blocksBefore + 1 : 0;
  const isNewPart = charsBefore >= partChars || blocksBefore >= partBlocks;
  block.part = (previous?.part ?? 0) + (isNewPart ? 1 : 0);
  block.charsBefore = isNewPart ? 0 : charsBefore;
  block.blocksBefore = isNewPart ? 0 : blocksBefore;
}

export function viewOfBlock({ source, typeset, earlier, isGivenUp }: ReplyBlock): BlockView {
  if (typeset === "plain") return { source, root: null, rest: "", state: "plain", numbers: 0 };
  if (typeset) return { source, root: typeset.root, rest: "", state: "drawn", numbers: typeset.counts.numbers };
  if (earlier) return { source, root: earlier.root, rest: source.slice(earlier.length), state: "drawn", numbers: 0 };
  return { source, root: null, rest: "", state: isGivenUp ? "givenUp" : "waiting", numbers: 0 };
}
