const maxSlices = 120;
/** Short enough that a reply of a quarter of a second has a curve. */
const firstSliceMs = 32;

/**
 * Tokens per second over equal slices of a reply. A token counts evenly over the time since the one before it,
 * so that a slow model has a steady rate and not a row of spikes. When all slices are in use, neighbours are joined.
 */
export class SpeedSlices {
  #sliceMs = firstSliceMs;
  /** Tokens per slice, in parts of a token. */
  #counts: number[] = [];
  #lastMs = 0;

  /** @param elapsedMs since the first token, never less than the time before; the first token itself counts nothing */
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

  /** Oldest first; the slice still being filled is left out. */
  samples(): number[] {
    return this.#counts.slice(0, -1).map((count) => round((count * 1000) / this.#sliceMs));
  }
}

/** Two decimals are all that a reading of this clock is worth. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
