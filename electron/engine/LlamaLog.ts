/** The last lines that llama.cpp logged. Its errors only say "failed to load"; these lines have the reason. */
export class LlamaLog {
  readonly #lines: string[] = [];
  #flashAttention: boolean | null = null;
  #onFlashAttention: () => void = () => undefined;
  readonly #limit: number;

  constructor(limit = 60) {
    this.#limit = limit;
  }

  /** Extracts from a line of any level what llama.cpp reports in no other way. */
  note(text: string): void {
    const said = /Flash Attention (enabled|not supported)|enabling flash_attn|flash_attn .*forcing off/.exec(text);
    if (said === null) return;
    this.#flashAttention = said[0].includes("enabl");
    this.#onFlashAttention();
  }

  add(text: string): void {
    this.note(text);
    const line = text.trim().slice(0, 500);
    if (line === "") return;
    this.#lines.push(line);
    if (this.#lines.length > this.#limit) this.#lines.shift();
  }

  clear(): void {
    this.#lines.length = 0;
    this.#flashAttention = null;
  }

  /**
   * Resolves with whether llama.cpp said that it uses flash attention since the log was cleared, or null if it said
   * nothing within the limit.
   */
  async flashAttention(limitMs: number): Promise<boolean | null> {
    if (this.#flashAttention === null) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        this.#onFlashAttention = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#flashAttention;
  }

  /** Returns all stored lines, oldest first, or an empty string if nothing was logged. */
  text(): string {
    return this.#lines.join("\n");
  }
}
