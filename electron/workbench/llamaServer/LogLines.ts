const mostLines = 400;
const mostLineChars = 500;
/** Escape sequences of terminals, and control characters other than tabs. */
const unprintable = /(?!\t)\p{Cc}(\[[0-9;?]*[A-Za-z])?/gu;

/** The last lines that a program wrote, without what must not be shown. */
export class LogLines {
  readonly #lines: string[] = [];
  readonly #secret: string;
  #rest = "";

  /** `secret` is replaced wherever it stands in a line. */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /** Adds output as it arrives. Returns the lines that it completed. */
  add(text: string): string[] {
    const lines = (this.#rest + text).split("\n");
    // A line without an end must not grow without one.
    this.#rest = (lines.pop() ?? "").slice(0, 10 * mostLineChars);
    const complete = lines.map((line) =>
      line.replaceAll(this.#secret, "…").replaceAll(unprintable, "").slice(0, mostLineChars),
    );
    this.#lines.push(...complete);
    this.#lines.splice(0, this.#lines.length - mostLines);
    return complete;
  }

  all(): string[] {
    return [...this.#lines];
  }

  /** Returns the last lines as one text, for bug reports. */
  lastWords(): string {
    return this.#lines.slice(-20).join("\n").trim();
  }
}
