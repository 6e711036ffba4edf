import type { GrowingText } from "../growingText.ts";
import { CodeBlocks } from "./CodeBlocks.ts";
import { fileNameIn } from "./fileName.ts";
import { loadedBy } from "./htmlFacts.ts";
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
    const page = pageOf(blocks);
    this.#page = page !== null && lacksFiles(page) ? { ...page, isPartial: true } : page;
    return this.#page;
  }
}

/** Returns whether a document loads styles or a script that are not there, so that they may follow. */
function lacksFiles({ kind, files }: FoundPage): boolean {
  const [main] = files;
  if (kind !== "html" || main === undefined) return false;
  return loadedBy(main.text).some(
    (name) =>
      (["css", "js"] as const).some((language) => fileNameIn(name, language) === name) &&
      !files.some((file) => file.name === name),
  );
}
