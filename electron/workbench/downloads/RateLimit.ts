import { setTimeout as wait } from "node:timers/promises";

/** A limit on bytes per second over all connections together. */
export class RateLimit {
  #bytesPerSecond: number | null;
  #readyAt = 0;

  constructor(bytesPerSecond: number | null = null) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Null: no limit. Counts from the next bytes on. */
  set(bytesPerSecond: number | null): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#readyAt = 0;
  }

  /** Resolves when so many more bytes may be read; null: at once. Rejects with the signal's reason. */
  take(bytes: number, signal: AbortSignal): Promise<void> | null {
    if (this.#bytesPerSecond === null) return null;
    const now = performance.now();
    this.#readyAt = Math.max(this.#readyAt, now) + (bytes / this.#bytesPerSecond) * 1000;
    const waitMs = this.#readyAt - now;
    return waitMs > 5 ? wait(waitMs, undefined, { signal }) : null;
  }
}
