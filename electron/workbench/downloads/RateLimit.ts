import { setTimeout as wait } from "node:timers/promises";

/** A limit on bytes per second over all connections together. */
export class RateLimit {
  #bytesPerSecond: number | null;
  #readyAt = 0;
  #changing = new AbortController();

  constructor(bytesPerSecond: number | null = null) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Null: no limit. Holds at once: whoever waits under the old limit waits no longer. */
  set(bytesPerSecond: number | null): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#readyAt = 0;
    this.#changing.abort();
    this.#changing = new AbortController();
  }

  /** Resolves when so many more bytes may be read. Rejects with the signal's reason. */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    if (this.#bytesPerSecond === null) return;
    const now = performance.now();
    this.#readyAt = Math.max(this.#readyAt, now) + (bytes / this.#bytesPerSecond) * 1000;
    const waitMs = this.#readyAt - now;
    if (waitMs <= 5) return;
    const changed = this.#changing.signal;
    try {
      await wait(waitMs, undefined, { signal: AbortSignal.any([signal, changed]) });
    } catch (error) {
      signal.throwIfAborted();
      if (!changed.aborted) throw error;
    }
  }
}
