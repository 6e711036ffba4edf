import { documentLimits } from "./documentLimits.ts";
import { DocumentProblem } from "./DocumentProblem.ts";

/** Builds plain text from marked-up text: white space is collapsed, and paragraphs are divided by an empty line. */
export class PlainText {
  #written: string[] = [];
  #chars = 0;
  /** Line ends that stand before the next text. */
  #lines = 0;
  #space = false;

  /** Adds text. With `exact`, its spaces and line ends are kept. */
  add(text: string, exact = false): void {
    if (exact) {
      this.#put(text);
      return;
    }
    const words = text.replace(/[ \t\r\n\f\u00a0]+/g, " ");
    const bare = words.trim();
    if (words.startsWith(" ")) this.#space = true;
    if (bare === "") return;
    this.#put(bare);
    this.#space = words.endsWith(" ");
  }

  /** Ends the line. */
  line(): void {
    this.#lines = Math.max(this.#lines, 1);
  }

  /** Ends the paragraph. */
  paragraph(): void {
    this.#lines = 2;
  }

  /** Returns the text so far, and begins a new one. */
  take(): string {
    const text = this.#written.join("").replace(/[ \t]+$/gm, "");
    this.#written = [];
    this.#lines = 0;
    this.#space = false;
    return text;
  }

  #put(text: string): void {
    if (text === "") return;
    const isFirst = this.#written.length === 0;
    if (this.#lines > 0 && !isFirst) this.#write("\n".repeat(this.#lines));
    else if (this.#space && !isFirst && !text.startsWith(" ")) this.#write(" ");
    this.#lines = 0;
    this.#space = false;
    this.#write(text);
  }

  #write(text: string): void {
    this.#chars += text.length;
    if (this.#chars > documentLimits.chars) throw new DocumentProblem("tooLarge");
    this.#written.push(text);
  }
}
