export interface SilenceWatchOptions {
  limitMs: number;
  /** Processor time of the whole page so far, in milliseconds; null where it is not known. */
  processorMs?: (() => Promise<number | null>) | undefined;
  onSilent: () => void;
}

/** On a machine that is wholly taken, the limit on the clock is this many times as long. */
const mostPatience = 10;
/** Shorter silences are usual, and ask nobody for the processor time. */
const usualMs = 250;

/**
 * Tells when a worker is silent for longer than it may be. The limit is of processor time: while the page as a whole
 * has had less than that, the worker has had no more, for other programs took it.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Changes with each start and stop: what was begun before counts no more. */
  #turn = 0;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** The silence begins now. */
  start(): void {
    this.stop();
    const { limitMs, processorMs } = this.#options;
    // Where it cannot be told, the limit is one of the clock.
    if (processorMs) void this.#judge(() => processorMs().catch(() => null));
    else this.#after(limitMs, () => this.#end());
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#turn++;
  }

  async #judge(processorMs: NonNullable<SilenceWatchOptions["processorMs"]>): Promise<void> {
    const turn = this.#turn;
    const isOver = (): boolean => turn !== this.#turn;
    const { limitMs } = this.#options;
    const firstMs = Math.min(usualMs, limitMs / 4);
    await this.#pass(firstMs);
    const before = await processorMs();
    if (isOver()) return;
    for (let waitedMs = firstMs, nextMs = limitMs - firstMs; ; ) {
      await this.#pass(nextMs);
      waitedMs += nextMs;
      const now = await processorMs();
      if (isOver()) return;
      const usedMs = before === null || now === null ? limitMs : firstMs + now - before;
      if (usedMs >= limitMs || waitedMs >= mostPatience * limitMs) break;
      nextMs = Math.max(limitMs - usedMs, firstMs);
    }
    this.#end();
  }

  #pass(ms: number): Promise<void> {
    return new Promise((resolve) => this.#after(ms, resolve));
  }

  #after(ms: number, work: () => void): void {
    const dueAt = performance.now() + ms;
    this.#timer = setTimeout(() => {
      // After a sleep of the machine, or of the page, the worker has had no time either.
      if (performance.now() - dueAt > this.#options.limitMs / 2) this.#after(ms, work);
      else work();
    }, ms);
  }

  #end(): void {
    // Its answer may be waiting behind this timer.
    this.#timer = setTimeout(this.#options.onSilent, 0);
  }
}
