/** A longest time for work, until `clear`. */
export interface TimeLimit {
  signal: AbortSignal;
  clear: () => void;
}

/**
 * A signal that aborts with another one, or once so much time has passed. Must be cleared. Node may collect the timer of
 * an AbortSignal.timeout that only AbortSignal.any knows of, which then never ends: this one is held by its timer.
 */
export function endingWithin(signal: AbortSignal, milliseconds: number): TimeLimit {
  const controller = new AbortController();
  const end = (): void => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(), Math.max(0, milliseconds));
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
    },
  };
}
