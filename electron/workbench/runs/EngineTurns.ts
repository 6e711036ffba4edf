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

async function abortable(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<void>((_resolve, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([wait, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
