const maxSlices = 32;

/** Tokens per second over equal slices of a reply. When all slices are in use, neighbours are joined. */
export class SpeedSlices {
  #sliceMs = 250;
  #counts: number[] = [];

  /** @param elapsedMs since the first token */
  add(elapsedMs: number): void {
    while (elapsedMs >= this.#sliceMs * maxSlices) {
      const joined: number[] = [];
      for (let i = 0; i < this.#counts.length; i += 2) joined.push((this.#counts[i] ?? 0) + (this.#counts[i + 1] ?? 0));
      this.#counts = joined;
      this.#sliceMs *= 2;
    }
    const slice = Math.floor(elapsedMs / this.#sliceMs);
    while (this.#counts.length <= slice) this.#counts.push(0);
    this.#counts[slice] = (this.#counts[slice] ?? 0) + 1;
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
