const flushEveryMs = 250;
const flushAtChars = 2048;

type Write = (pieces: { thought: string; answer: string }) => Promise<unknown>;

/**
 * Collects the pieces of a reply and writes them in order, when 250 ms have passed or 2,048 characters are collected. A
 * piece that could not be written is retried while the reply continues.
 */
export class ReplyJournal {
  readonly #write: Write;
  readonly #onFailure: (error: unknown) => void;
  #waiting = { thought: "", answer: "" };
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(write: Write, onFailure: (error: unknown) => void) {
    this.#write = write;
    this.#onFailure = onFailure;
  }

  add(part: "thought" | "answer", text: string): void {
    if (this.#closed) return;
    this.#waiting[part] += text;
    const isLarge = this.#waiting.thought.length + this.#waiting.answer.length >= flushAtChars;
    if (isLarge && this.#writing === null) this.#flush();
    else this.#arm();
  }

  /** Nothing is written after this resolves. The caller must store what was not written. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#writing;
  }

  #arm(): void {
    if (this.#timer !== null || this.#writing !== null || this.#closed) return;
    this.#timer = setTimeout(() => this.#flush(), flushEveryMs);
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const pieces = this.#waiting;
    this.#waiting = { thought: "", answer: "" };
    this.#writing = this.#write(pieces)
      .then(
        () => undefined,
        (error: unknown) => {
          this.#waiting.thought = pieces.thought + this.#waiting.thought;
          this.#waiting.answer = pieces.answer + this.#waiting.answer;
          this.#onFailure(error);
        },
      )
      .finally(() => {
        this.#writing = null;
        if (this.#waiting.thought !== "" || this.#waiting.answer !== "") this.#arm();
      });
  }
}
