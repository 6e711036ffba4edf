import { type GrowingText, sliceText } from "../../../stores/growingText.ts";
import { blockLimits } from "./answerLimits.ts";
import { splitBlocks } from "./splitBlocks.ts";

export interface Cut {
  /** Blocks that can no longer change; they follow those of earlier cuts. */
  settled: string[];
  /** The last blocks, which may still change as the text grows. */
  open: string[];
  /** Whether there is more text to cut. */
  hasMore: boolean;
  /** Whether the rest is longer than any block may be. It is then not cut further. */
  isTooLong: boolean;
}

/** The number of characters usually cut in one task, which limits its duration. */
const windowChars = 30_000;
/** The window for a block that does not end within the usual one. */
const maxWindowChars = 2 * blockLimits.codeChars;
/** Only the last two blocks of a growing text can change. */
const mayChange = 2;
const knownChars = 1_000;

/** Cuts a growing text into blocks. Settled blocks are not read again. */
export class BlockCutter {
  #openFrom = 0;
  #cutTo = 0;

  /** The end of the text that has been cut into blocks. */
  get cutTo(): number {
    return this.#cutTo;
  }

  /** Makes one block of the whole text. */
  takeWhole(text: GrowingText): string {
    this.#openFrom = text.length;
    this.#cutTo = text.length;
    return sliceText(text, 0);
  }

  /** Cuts the text that has arrived since the last call, or a part of it if it is long. */
  cut(text: GrowingText, isWriting: boolean): Cut {
    const cut = this.#cutWindow(text, isWriting, windowChars);
    return cut.isTooLong ? this.#cutWindow(text, isWriting, maxWindowChars) : cut;
  }

  #cutWindow(text: GrowingText, isWriting: boolean, chars: number): Cut {
    const end = Math.min(text.length, this.#openFrom + chars);
    const hasMore = end < text.length;
    const window = sliceText(text, this.#openFrom, end);
    const sources = asWritten(splitBlocks(window), window);
    // A last block that is this long can no longer change the one before it.
    const open = hasMore && (sources.at(-1)?.length ?? 0) > knownChars ? 1 : mayChange;
    const settled = !hasMore && !isWriting ? sources.length : Math.max(0, sources.length - open);
    if (hasMore && settled === 0) return { settled: [], open: [], hasMore: false, isTooLong: true };
    for (let index = 0; index < settled; index++) this.#openFrom += sources[index]?.length ?? 0;
    this.#cutTo = hasMore ? this.#openFrom : end;
    return {
      settled: sources.slice(0, settled),
      open: hasMore ? [] : sources.slice(settled),
      hasMore,
      isTooLong: false,
    };
  }
}

/** Returns the blocks with the text's own line ends, so that they can be located in it. */
function asWritten(blocks: string[], text: string): string[] {
  if (!text.includes("\r")) return blocks;
  let start = 0;
  return blocks.map((block) => {
    let end = start;
    for (let count = 0; count < block.length; count++) end += text.startsWith("\r\n", end) ? 2 : 1;
    const written = text.slice(start, end);
    start = end;
    return written;
  });
}
