const ticksPerLimit = 10;

/**
 * Calls `onSilence` once nothing was received for `limitMs`. A gap during which this process itself was suspended (a
 * sleeping laptop, a blocked event loop) counts as one tick only, so that waking up does not kill the engine.
 */
export class SilenceWatch {
  readonly #timer: NodeJS.Timeout;
  #ticks = 0;

  constructor(limitMs: number, onSilence: () => void) {
    this.#timer = setInterval(() => {
      this.#ticks++;
      if (this.#ticks < ticksPerLimit) return;
      this.stop();
      onSilence();
    }, limitMs / ticksPerLimit);
    this.#timer.unref();
  }

  heard(): void {
    this.#ticks = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
