export interface SilenceWatchOptions {
  limitMs: number;
  /** Resolves with the CPU time of the whole page so far, in milliseconds, or with null if it is not known. */
  processorMs?: (() => Promise<number | null>) | undefined;
  onSilent: () => void;
}

/** On a fully loaded machine, the limit in elapsed time is this many times as long. */
const mostPatience = 10;
/** Shorter silences are common, and do not cause a query of the CPU time. */
const usualMs = 250;

/**
 * Reports that a worker has been silent for longer than the limit. The limit is in CPU time: as long as the whole page
 * has used less, so has the worker, because other programs used the processor.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Incremented by each start and stop, so that earlier checks are ignored. */
  #turn = 0;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** Starts the time of silence from now. */
  start(): void {
    this.stop();
    const { limitMs, processorMs } = this.#options;
    // If the CPU time is not available, the limit applies to elapsed time.
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
      // After the machine or the page was suspended, the worker has not had that time either.
      if (performance.now() - dueAt > this.#options.limitMs / 2) this.#after(ms, work);
      else work();
    }, ms);
  }

  #end(): void {
    // The worker's response may be queued behind this timer.
    this.#timer = setTimeout(this.#options.onSilent, 0);
  }
}
