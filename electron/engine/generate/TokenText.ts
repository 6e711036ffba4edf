/** Returns the text of some tokens, given the tokens before them. */
export type Detokenize = (tokens: number[], before: number[]) => string;

const incomplete = "\uFFFD";
const maxBefore = 8;
const maxPending = 32;

/**
 * Converts tokens to text one by one. A character that is spread over several tokens is returned whole, with its last
 * token. A byte that never becomes part of a character is returned as U+FFFD.
 */
export class TokenText {
  readonly #detokenize: Detokenize;
  #before: number[] = [];
  #pending: number[] = [];
  /** How many characters of the pending tokens' text were already returned. */
  #given = 0;

  constructor(detokenize: Detokenize) {
    this.#detokenize = detokenize;
  }

  push(token: number): string {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    const open = text.endsWith(incomplete) && this.#pending.length < maxPending;
    // Only the last character can still change. Everything before it is final.
    const end = open ? text.length - 1 : text.length;
    const fresh = text.slice(this.#given, end);
    this.#given = Math.max(this.#given, end);
    if (!open) this.#settle();
    return fresh;
  }

  /** Returns the text that is still held back. Call it at the end of a part. */
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
