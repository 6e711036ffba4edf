const tickMs = 1000;
/** In milliseconds. On a busy machine a timer may be this late. A longer gap means that the machine slept. */
const longestGapMs = 5000;

/** Detects that the machine was asleep: the wall clock advanced while this process missed its ticks. */
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

  /** Returns whether the machine was asleep since the last call. */
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
