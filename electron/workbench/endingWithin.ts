/** A signal with a time limit, in effect until `clear`. */
export interface TimeLimit {
  signal: AbortSignal;
  clear: () => void;
}

/**
 * Returns a signal that aborts with another one or after a time limit; it must be cleared. `AbortSignal.timeout` inside
 * `AbortSignal.any` is no substitute: Node may garbage-collect its timer, and the signal then never aborts.
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
