/** Text of a group of tokens, given the tokens in front of it. */
export type Detokenize = (tokens: number[], before: number[]) => string;

const incomplete = "\uFFFD";
const maxBefore = 8;
const maxPending = 32;

/**
 * Turns tokens into text one by one. A character may be spread over several tokens; it comes out whole,
 * with its last one. A byte that never becomes a character comes out as U+FFFD.
 */
export class TokenText {
  readonly #detokenize: Detokenize;
  #before: number[] = [];
  #pending: number[] = [];
  /** How much of the pending tokens' text was handed out already. */
  #given = 0;

  constructor(detokenize: Detokenize) {
    this.#detokenize = detokenize;
  }

  push(token: number): string {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    const open = text.endsWith(incomplete) && this.#pending.length < maxPending;
    // Only the last character can still change: whatever stands before it is final.
    const end = open ? text.length - 1 : text.length;
    const fresh = text.slice(this.#given, end);
    this.#given = Math.max(this.#given, end);
    if (!open) this.#settle();
    return fresh;
  }

  /** What is still held back; call at the end of a part. */
  flush(): string {
    if (this.#pending.length === 0) return "";
    const rest = this.#detokenize(this.#pending, this.#before).slice(this.#given);
    this.#settle();
    return rest;
  }

  #settle(): void {
    this.#before = [...this.#before, ...this.#pending].slice(-maxBefore);
    this.#pending = [];
    this.#given = 0;
  }
}
