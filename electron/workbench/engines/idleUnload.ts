/** The clock and timers. Tests use ones that they control. */
export interface Clock {
  now(): number;
  /** Calls `callback` once after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    // A model in memory must not keep the terminal's process alive.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/**
 * Calls `unload` once the model has not been used for `minutes()`. `unload` decides whether there is anything to
 * unload.
 */
export function createIdleUnload(minutes: () => number | null, unload: () => void, clock: Clock) {
  let lastUsedAt = clock.now();
  let prevent: () => void = () => undefined;
  const wait = (): void => {
    prevent();
    prevent = () => undefined;
    const limit = minutes();
    if (limit === null) return;
    prevent = clock.after(Math.max(0, lastUsedAt + limit * 60_000 - clock.now()), unload);
  };
  return {
    /** Call when the model was used: restarts the timer. */
    used(): void {
      lastUsedAt = clock.now();
      wait();
    },
    /** Call when the time limit may have changed. */
    limitChanged: wait,
  };
}
