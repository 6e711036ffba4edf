import { previewLimits } from "../../../electron/contract/previewLimits.ts";
import { closesFence, type Fence, openingFence } from "../../parts/fence.ts";
import { type GrowingText, sliceText } from "../growingText.ts";

/** A block of code of a reply. */
export interface CodeBlock {
  /** The first word after the fence, in lower case. Empty if there is none. */
  language: string;
  /** What else follows the fence. */
  info: string;
  /** The last line of words above it. */
  above: string;
  code: string;
  isClosed: boolean;
  /** Where the block is in the text, with its fences. */
  start: number;
  end: number;
}

interface OpenBlock extends Pick<CodeBlock, "language" | "info" | "above" | "start"> {
  fence: Fence;
  lines: string[];
  chars: number;
}

/** More is no page that the app shows. */
const mostBlocks = 200;
const mostAboveChars = 300;

/** Finds the blocks of code of a growing text. What was read is not read again. */
export class CodeBlocks {
  readonly #closed: CodeBlock[] = [];
  #open: OpenBlock | null = null;
  /** Where the next line begins. */
  #readTo = 0;
  #above = "";
  /** Where the line that is read begins and ends. */
  #lineStart = 0;
  #lineEnd = 0;

  /** How many blocks have been closed. */
  get closedCount(): number {
    return this.#closed.length;
  }

  /** Reads what was added to the text. `isWriting`: more will be. */
  read(text: GrowingText, isWriting: boolean): void {
    const added = sliceText(text, this.#readTo);
    let start = 0;
    for (let end = added.indexOf("\n"); end !== -1; end = added.indexOf("\n", start)) {
      this.#readLine(added, start, end);
      start = end + 1;
    }
    if (!isWriting && start < added.length) {
      this.#readLine(added, start, added.length);
      start = added.length;
    }
    this.#readTo += start;
    // Models forget to close the last block.
    if (!isWriting && this.#open !== null) this.#close();
  }

  /** Returns the blocks in their order. The last one may still grow. */
  blocks(): CodeBlock[] {
    if (this.#open === null) return this.#closed.slice();
    return [...this.#closed, toBlock(this.#open, false, this.#lineEnd)];
  }

  #readLine(added: string, start: number, end: number): void {
    this.#lineStart = this.#readTo + start;
    this.#lineEnd = this.#readTo + end;
    const line = added.slice(start, end).replace(/\r$/, "");
    const open = this.#open;
    if (open === null) {
      const fence = openingFence(line);
      if (fence === null) {
        if (line.trim() !== "") this.#above = line.slice(0, mostAboveChars);
        return;
      }
      const [, language = "", info = ""] = /^(\S*)\s*(.*)$/.exec(fence.info.slice(0, mostAboveChars)) ?? [];
      const words = { language: language.toLowerCase(), info, above: this.#above };
      this.#open = { fence, ...words, start: this.#lineStart, lines: [], chars: 0 };
      this.#above = "";
      return;
    }
    if (closesFence(open.fence, line)) {
      this.#close();
      return;
    }
    if (open.chars + line.length >= previewLimits.fileChars) return;
    open.lines.push(withoutIndent(line, open.fence.indent));
    open.chars += line.length + 1;
  }

  #close(): void {
    if (this.#open !== null && this.#closed.length < mostBlocks)
      this.#closed.push(toBlock(this.#open, true, this.#lineEnd));
    this.#open = null;
  }
}

function toBlock({ language, info, above, lines, start }: OpenBlock, isClosed: boolean, end: number): CodeBlock {
  return { language, info, above, code: lines.join("\n"), isClosed, start, end };
}

function withoutIndent(line: string, indent: number): string {
  let from = 0;
  while (from < indent && (line[from] === " " || line[from] === "\t")) from++;
  return from === 0 ? line : line.slice(from);
}
