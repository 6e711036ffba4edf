import { abortable } from "../abortable.ts";
import type { Clock } from "../idleTimer.ts";

export interface IdleTime {
  /** Whether a reply is being written, something is measured, or a model is downloaded. */
  isBusy: () => boolean;
  clock: Clock;
}

/** How long it may take to notice that something else has begun or ended, in milliseconds. */
const lookMs = 1000;

/** Resolves once nothing else is running. Calls `onWait` while something is. Rejects with the signal's reason. */
export async function untilIdle({ isBusy, clock }: IdleTime, signal: AbortSignal, onWait: () => void): Promise<void> {
  while (isBusy()) {
    onWait();
    await abortable(new Promise<void>((resolve) => void clock.after(lookMs, resolve)), signal);
  }
  signal.throwIfAborted();
}

/**
 * Does `work` once nothing else is running. If something else begins, the signal of `work` is aborted, and it is called
 * again afterwards. Rejects with the signal's reason, or with the error of `work`.
 */
export async function whileIdle(
  time: IdleTime,
  signal: AbortSignal,
  onWait: () => void,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (;;) {
    await untilIdle(time, signal, onWait);
    const giveWay = new AbortController();
    let stopWatching: () => void = () => undefined;
    const watch = (): void => {
      if (time.isBusy()) giveWay.abort();
      else stopWatching = time.clock.after(lookMs, watch);
    };
    watch();
    try {
      return await work(AbortSignal.any([signal, giveWay.signal]));
    } catch (error) {
      if (signal.aborted || !giveWay.signal.aborted) throw error;
    } finally {
      stopWatching();
    }
  }
}
