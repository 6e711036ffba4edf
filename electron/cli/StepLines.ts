import type { Terminal } from "./Terminal.ts";

/** Quick work shows nothing, and slow work does not look as if it hung. */
const firstMs = 500;
/** At least this long between two lines, or a tenth of the time that has passed. */
const betweenMs = 5000;
const shareBetween = 0.1;

/**
 * Shows the progress of long work: in place on a terminal, and as an occasional line if stderr is a file or a pipe. The
 * first text appears within a second, or not at all if the work ends before.
 */
export class StepLines {
  readonly #terminal: Terminal;
  readonly #lines: boolean;
  readonly #isWatched: boolean;
  #text = "";
  readonly #begunAt = performance.now();
  #saidAt: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  /**
   * @param lines whether to write lines if stderr is not a terminal
   * @param isWatched whether stderr is a terminal
   */
  constructor(terminal: Terminal, lines: boolean, isWatched: boolean = process.stderr.isTTY) {
    this.#terminal = terminal;
    this.#lines = lines;
    this.#isWatched = isWatched;
  }

  show(text: string): void {
    if (text === "") return;
    this.#text = text;
    if (this.#saidAt !== null) {
      const now = performance.now();
      const pauseMs = Math.max(betweenMs, (now - this.#begunAt) * shareBetween);
      if (this.#isWatched || now - this.#saidAt >= pauseMs) this.#say();
      return;
    }
    this.#timer ??= setTimeout(() => this.#say(), firstMs);
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#isWatched && this.#saidAt !== null) this.#terminal.progress("");
    this.#saidAt = null;
  }

  #say(): void {
    this.#saidAt = performance.now();
    if (this.#isWatched) this.#terminal.progress(this.#text);
    else if (this.#lines) this.#terminal.aside(`${this.#text}\n`);
  }
}
