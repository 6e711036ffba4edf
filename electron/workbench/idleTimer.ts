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
    // A model in memory, or a lock, must not keep the terminal's process alive.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Calls `onIdle` once nothing was used for `minutes()`. It decides whether there is anything to do. */
export function createIdleTimer(minutes: () => number | null, onIdle: () => void, clock: Clock) {
  let lastUsedAt = clock.now();
  let prevent: () => void = () => undefined;
  const wait = (): void => {
    prevent();
    prevent = () => undefined;
    const limit = minutes();
    if (limit === null) return;
    prevent = clock.after(Math.max(0, lastUsedAt + limit * 60_000 - clock.now()), onIdle);
  };
  return {
    /** Call when it was used: restarts the timer. */
    used(): void {
      lastUsedAt = clock.now();
      wait();
    },
    /** Call when the time limit may have changed. */
    limitChanged: wait,
  };
}
