import { Transform, type TransformCallback } from "node:stream";
import { StringDecoder } from "node:string_decoder";

const begin = "\x1B[200~";
const end = "\x1B[201~";
/** Ctrl+C. Alone it is a key press, also in a paste: terminals take it out of what they paste, or send it with more. */
const interrupt = "\x03";
/** How long to wait for the rest of a sequence. A lone Esc is a key press. */
const escapeWaitsMs = 50;

/** How a line break shows in a line that is being edited. The invisible mark tells it from an arrow that was typed. */
const shownBreak = "\u21B5\u200B";

/** Asks the terminal to mark what is pasted, and to stop marking. */
export const bracketedPaste = { on: "\x1B[?2004h", off: "\x1B[?2004l" } as const;

/** Returns a message as it was pasted, from the line in which it was edited. */
export function withLineBreaks(line: string): string {
  return line.replaceAll(shownBreak, "\n");
}

/** Returns pasted text as one line to edit: nothing in it is obeyed, and its line breaks send nothing. */
export function asOneLine(pasted: string): string {
  return pasted
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .replaceAll("\n", shownBreak);
}

/** Passes on what a terminal sends, except for pasted text, which goes to `onPaste` as a whole. */
export class PasteFilter extends Transform {
  readonly #decoder = new StringDecoder("utf8");
  readonly #onPaste: (text: string) => void;
  #held = "";
  #pasted: string | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(onPaste: (text: string) => void) {
    super();
    this.#onPaste = onPaste;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    clearTimeout(this.#timer);
    const text = this.#decoder.write(chunk);
    if (this.#pasted !== null && text === interrupt) this.#giveUp();
    else this.#take(this.#held + text);
    if (this.#held !== "" && this.#pasted === null) this.#timer = setTimeout(() => this.#release(), escapeWaitsMs);
    done();
  }

  /** If the terminal goes away in the middle of a paste, what has arrived counts. */
  override _flush(done: TransformCallback): void {
    clearTimeout(this.#timer);
    if (this.#pasted !== null) this.#onPaste(this.#pasted + this.#held);
    else if (this.#held !== "") this.push(this.#held);
    done();
  }

  #take(text: string): void {
    this.#held = "";
    const marker = this.#pasted === null ? begin : end;
    const at = text.indexOf(marker);
    const cut = at === -1 ? text.length - heldLength(text, marker) : at;
    if (this.#pasted !== null) this.#pasted += text.slice(0, cut);
    else if (cut > 0) this.push(text.slice(0, cut));
    if (at === -1) {
      this.#held = text.slice(cut);
      return;
    }
    if (this.#pasted !== null) this.#onPaste(this.#pasted);
    this.#pasted = this.#pasted === null ? "" : null;
    this.#take(text.slice(at + marker.length));
  }

  /** A paste whose end got lost would take all that is typed after it. */
  #giveUp(): void {
    this.#pasted = null;
    this.#held = "";
    this.push(interrupt);
  }

  #release(): void {
    const held = this.#held;
    this.#held = "";
    if (held !== "") this.push(held);
  }
}

/** Length of the longest end of `text` with which `marker` begins. */
function heldLength(text: string, marker: string): number {
  for (let length = Math.min(text.length, marker.length - 1); length > 0; length--) {
    if (text.endsWith(marker.slice(0, length))) return length;
  }
  return 0;
}
