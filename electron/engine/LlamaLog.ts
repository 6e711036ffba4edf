/** The last lines llama.cpp wrote: its errors say only "failed to load"; the reason is in these lines. */
export class LlamaLog {
  readonly #lines: string[] = [];
  #flashAttention: boolean | null = null;
  #onFlashAttention: () => void = () => undefined;
  readonly #limit: number;

  constructor(limit = 60) {
    this.#limit = limit;
  }

  /** Reads from a line of whatever level what llama.cpp tells in no other way. */
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

  /** What llama.cpp said about using flash attention since the log was cleared; null: nothing within the limit. */
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

  /** All kept lines, oldest first; empty when nothing was logged. */
  text(): string {
    return this.#lines.join("\n");
  }
}
