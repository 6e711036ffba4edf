const maxSlices = 120;
/** Short enough that a reply of a quarter of a second still has a curve. */
const firstSliceMs = 32;

/**
 * Tokens per second over equal slices of a reply. A token is spread evenly over the time since the one before it, so
 * that a slow model has a steady rate instead of spikes. When all slices are in use, adjacent ones are merged.
 */
export class SpeedSlices {
  #sliceMs = firstSliceMs;
  /** Tokens per slice, including fractions of a token. */
  #counts: number[] = [];
  #lastMs = 0;

  /**
   * @param elapsedMs milliseconds since the first token, never less than in the call before; the first token itself is
   * not counted
   */
  add(elapsedMs: number): void {
    while (elapsedMs >= this.#sliceMs * maxSlices) {
      const joined: number[] = [];
      for (let i = 0; i < this.#counts.length; i += 2) joined.push((this.#counts[i] ?? 0) + (this.#counts[i + 1] ?? 0));
      this.#counts = joined;
      this.#sliceMs *= 2;
    }
    const from = this.#lastMs;
    this.#lastMs = elapsedMs;
    const last = Math.floor(elapsedMs / this.#sliceMs);
    while (this.#counts.length <= last) this.#counts.push(0);
    if (elapsedMs <= from) return;
    for (let slice = Math.floor(from / this.#sliceMs); slice <= last; slice++) {
      const begin = Math.max(from, slice * this.#sliceMs);
      const end = Math.min(elapsedMs, (slice + 1) * this.#sliceMs);
      this.#counts[slice] = (this.#counts[slice] ?? 0) + (end - begin) / (elapsedMs - from);
    }
  }

  /** Returns the speeds, oldest first. The slice that is still being filled is left out. */
  samples(): number[] {
    return this.#counts.slice(0, -1).map((count) => round((count * 1000) / this.#sliceMs));
  }
}

/** Rounds to two decimals, which is the precision of this clock. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
