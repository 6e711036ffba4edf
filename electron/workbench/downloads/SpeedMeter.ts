const windowMs = 5000;
const quietFromMs = 3000;

/**
 * Measures the speed over the last five seconds, and how long no data has arrived. Times in ms of a monotonic clock.
 */
export class SpeedMeter {
  #samples: { at: number; bytes: number }[] = [];
  #lastByteAt: number;

  constructor(now = performance.now()) {
    this.#lastByteAt = now;
  }

  add(bytes: number, now = performance.now()): void {
    this.#lastByteAt = now;
    const last = this.#samples.at(-1);
    // A resolution of a tenth of a second is enough.
    if (last !== undefined && now - last.at < 100) last.bytes += bytes;
    else this.#samples.push({ at: now, bytes });
    this.#drop(now);
  }

  /** Returns null if nothing arrived in the last five seconds. */
  bytesPerSecond(now = performance.now()): number | null {
    this.#drop(now);
    const [first] = this.#samples;
    if (first === undefined) return null;
    const bytes = this.#samples.reduce((sum, sample) => sum + sample.bytes, 0);
    return Math.round((bytes / Math.max(500, now - first.at)) * 1000);
  }

  /** Returns the whole seconds without data. 0 for the first three. */
  quietSeconds(now = performance.now()): number {
    const quietMs = now - this.#lastByteAt;
    return quietMs < quietFromMs ? 0 : Math.floor(quietMs / 1000);
  }

  #drop(now: number): void {
    while (this.#samples[0] !== undefined && now - this.#samples[0].at > windowMs) this.#samples.shift();
  }
}
