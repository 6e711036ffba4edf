import type { LlamaModel, Token } from "node-llama-cpp";

/** Random tokens of a model's vocabulary. The same seed produces the same tokens. */
export class RandomTokens {
  readonly #vocabulary: readonly Token[];
  #state: number;

  constructor(model: Pick<LlamaModel, "iterateAllTokens">, seed: number) {
    this.#vocabulary = [...model.iterateAllTokens()];
    this.#state = seed | 0;
  }

  take(count: number): Token[] {
    return Array.from({ length: count }, () => this.next());
  }

  next(): Token {
    const token = this.#vocabulary[Math.floor(this.#fraction() * this.#vocabulary.length)];
    if (token === undefined) throw new Error("The model has no vocabulary.");
    return token;
  }

  /** Mulberry32 (Tommy Ettinger, public domain). Returns a number from 0 up to but not including 1. */
  #fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
