const tickMs = 1000;
/** A busy machine may keep a timer waiting this long; a sleep is longer. */
const longestGapMs = 5000;

/** Notices by the wall clock that the machine slept: this process then missed its ticks. */
export class SleepWatch {
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #last: number;
  #slept = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#last = now();
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#timer.unref();
  }

  /** Whether it slept since the last call. */
  take(): boolean {
    this.#tick();
    const slept = this.#slept;
    this.#slept = false;
    return slept;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = this.#now();
    if (now - this.#last > longestGapMs) this.#slept = true;
    this.#last = now;
  }
}
