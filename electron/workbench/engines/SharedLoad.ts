import type { LoadProgress } from "../../contract/models.ts";

type OnProgress = (progress: LoadProgress) => void;

/** One load that several callers may wait for. It is cancelled once none of them waits any more. */
export class SharedLoad {
  /** Identifies model and settings. Loads with the same key are the same load. */
  readonly key: string;
  /** Resolves with false if it was cancelled. Rejects with the load's problem. */
  readonly done: Promise<boolean>;
  readonly #cancelling = new AbortController();
  readonly #listeners = new Set<OnProgress>();
  #waiting = 0;

  /** Starts the load at once. */
  constructor(key: string, work: (signal: AbortSignal, emit: OnProgress) => Promise<boolean>) {
    this.key = key;
    this.done = work(this.#cancelling.signal, (progress) => {
      for (const listener of this.#listeners) listener(progress);
    });
  }

  cancel(): void {
    this.#cancelling.abort();
  }

  /** Waits for the load. Resolves with false at once if `signal` aborts while others still wait. */
  async join(signal: AbortSignal | undefined, onProgress?: OnProgress): Promise<boolean> {
    this.#waiting++;
    if (onProgress !== undefined) this.#listeners.add(onProgress);
    let leave: () => void = () => undefined;
    const left = new Promise<false>((resolve) => {
      leave = () => {
        if (this.#waiting === 1) this.cancel();
        else resolve(false);
      };
      signal?.addEventListener("abort", leave, { once: true });
    });
    try {
      return await Promise.race([this.done, left]);
    } finally {
      this.#waiting--;
      signal?.removeEventListener("abort", leave);
      if (onProgress !== undefined) this.#listeners.delete(onProgress);
    }
  }
}
