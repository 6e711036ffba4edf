/** The last lines llama.cpp wrote: its errors say only "failed to load"; the reason is in these lines. */
export class LlamaLog {
  readonly #lines: string[] = [];
  readonly #limit: number;

  constructor(limit = 60) {
    this.#limit = limit;
  }

  add(text: string): void {
    const line = text.trim().slice(0, 500);
    if (line === "") return;
    this.#lines.push(line);
    if (this.#lines.length > this.#limit) this.#lines.shift();
  }

  clear(): void {
    this.#lines.length = 0;
  }

  /** All kept lines, oldest first; empty when nothing was logged. */
  text(): string {
    return this.#lines.join("\n");
  }
}
