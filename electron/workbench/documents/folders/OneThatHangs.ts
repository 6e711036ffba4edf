import { withinMs } from "../../withinMs.ts";

/**
 * Calls that may hang, because a drive or another computer does not answer. Each occupies a thread of this process until it
 * ends, so there is one at a time, and nobody waits for it longer than so many milliseconds.
 */
export class OneThatHangs<Value> {
  readonly #limitMs: number;
  readonly #onLate: (value: Value) => void;
  #isPending = false;

  /** `onLate` gets what comes after nobody waited for it any more. */
  constructor(limitMs: number, onLate: (value: Value) => void = () => undefined) {
    this.#limitMs = limitMs;
    this.#onLate = onLate;
  }

  /** Resolves with null if it takes too long, or an earlier call has not ended yet. Rejects as the call does. */
  async call(work: () => Promise<Value>): Promise<Value | null> {
    if (this.#isPending) return null;
    this.#isPending = true;
    let isLate = false;
    const pending = work().finally(() => (this.#isPending = false));
    pending.then(
      (value) => isLate && this.#onLate(value),
      () => undefined,
    );
    const value = await withinMs(pending, this.#limitMs);
    isLate = value === null;
    return value;
  }
}
