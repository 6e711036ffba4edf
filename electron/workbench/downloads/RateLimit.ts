import { setTimeout as wait } from "node:timers/promises";

/** A limit on the bytes per second of all connections together. */
export class RateLimit {
  #bytesPerSecond: number | null;
  #readyAt = 0;
  #changing = new AbortController();

  constructor(bytesPerSecond: number | null = null) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Sets the limit. Null means none. Takes effect immediately, also for callers that wait under the old limit. */
  set(bytesPerSecond: number | null): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#readyAt = 0;
    this.#changing.abort();
    this.#changing = new AbortController();
  }

  /** Resolves when this many more bytes may be read. Rejects with the signal's reason. */
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
