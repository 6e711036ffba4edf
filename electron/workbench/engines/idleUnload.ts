/** The clock and timers; in tests, ones moved by hand. */
export interface Clock {
  now(): number;
  /** Calls back once after `ms`; answers a function that prevents it. */
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

export interface IdleUnload {
  /** The model was used just now: the time starts anew. */
  used(): void;
  /** The time allowed may have changed. */
  limitChanged(): void;
}

/** Calls `unload` when nothing was `used` for `minutes()`; it decides itself whether there is anything to unload. */
export function createIdleUnload(minutes: () => number | null, unload: () => void, clock: Clock): IdleUnload {
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
    used() {
      lastUsedAt = clock.now();
      wait();
    },
    limitChanged: wait,
  };
}
