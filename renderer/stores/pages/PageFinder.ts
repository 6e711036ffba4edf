import type { GrowingText } from "../growingText.ts";
import { CodeBlocks } from "./CodeBlocks.ts";
import { type FoundPage, pageOf } from "./pageOf.ts";

/** Finds the page of a reply while it is written. Text that was read is not read again. */
export class PageFinder {
  readonly #blocks = new CodeBlocks();
  #closed = 0;
  #page: FoundPage | null = null;

  /** Returns the page as it is by now. The same object if no block has changed. */
  look(text: GrowingText): FoundPage | null {
    this.#blocks.read(text, true);
    const blocks = this.#blocks.blocks();
    const { closedCount } = this.#blocks;
    // Words that follow the last block change no page.
    if (closedCount === this.#closed && blocks.length === closedCount) return this.#page;
    this.#closed = closedCount;
    this.#page = pageOf(blocks);
    return this.#page;
  }
}
