import { createInterface, type Interface } from "node:readline";
import { asOneLine, bracketedPaste, PasteFilter, withLineBreaks } from "./pastedLines.ts";

/**
 * The messages a person types at a terminal. Pasted lines are one message, sent with Enter like a typed one; from a
 * terminal that does not mark what is pasted, each line is a message, and those that arrive during a reply wait.
 */
export class TypedLines {
  readonly #lines: Interface;
  readonly #waiting: string[] = [];
  #next: ((line: string | null) => void) | null = null;
  #ended = false;

  /** `onInterrupt` is called at Ctrl+C. */
  constructor(onInterrupt: () => void) {
    const { stdin, stdout } = process;
    // All at once: readline measures the line again for each character.
    const input = new PasteFilter((text) => this.#lines.write(asOneLine(text)));
    Object.assign(input, { isTTY: true, setRawMode: (raw: boolean) => stdin.setRawMode(raw) });
    stdin.pipe(input);
    this.#lines = createInterface({ input, output: stdout, terminal: true, prompt: "> " });
    this.#lines.on("line", (line) => this.#arrive(withLineBreaks(line)));
    this.#lines.on("SIGINT", onInterrupt);
    this.#lines.on("close", () => this.end());
    stdout.write(bracketedPaste.on);
    process.once("exit", leave);
  }

  /** Returns the next line, or null if there will be no more. */
  async next(): Promise<string | null> {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return waiting;
    if (this.#ended) return null;
    process.stdout.write("\n");
    this.#lines.prompt();
    return new Promise((resolve) => {
      this.#next = resolve;
    });
  }

  /** Ends the waiting for a line; lines that arrived before are still given out. */
  end(): void {
    this.#ended = true;
    this.#next?.(null);
    this.#next = null;
  }

  close(): void {
    this.#lines.close();
    process.stdin.unpipe();
    process.removeListener("exit", leave);
    leave();
  }

  #arrive(line: string): void {
    const next = this.#next;
    this.#next = null;
    if (next === null) this.#waiting.push(line);
    else next(line);
  }
}

function leave(): void {
  process.stdout.write(bracketedPaste.off);
}
