import { abortable } from "../abortable.ts";

/** First come, first served: the one engine writes one reply at a time. */
export class EngineTurns {
  #last: Promise<void> = Promise.resolve();

  /** Runs `work` once all earlier work has settled. An aborted wait rejects with the signal's reason, unstarted. */
  async take<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last;
    let release: () => void = () => undefined;
    const ours = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#last = Promise.all([before, ours]).then(() => undefined);
    try {
      await abortable(before, signal);
      return await work();
    } finally {
      release();
    }
  }
}
