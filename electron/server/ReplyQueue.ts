import { ApiFailure } from "./ApiFailure.ts";

const mostWaiting = 8;
const mostRetrySeconds = 60;

/** A request's place in the queue. */
export interface Place {
  /** Call when its turn has come. */
  begin(): void;
  /** Call when it has ended, however it did. */
  leave(): void;
}

/**
 * Counts the requests that wait for their turn, which `engines.use` gives them. Without a limit, programs could pile up
 * hours of work.
 */
export class ReplyQueue {
  #waiting = 0;
  #lastMs = 1000;

  /** Takes a place. Throws an `ApiFailure` if too many wait already. */
  enter(): Place {
    if (this.#waiting >= mostWaiting) {
      const seconds = Math.min(mostRetrySeconds, Math.max(1, Math.ceil(this.#lastMs / 1000)));
      throw new ApiFailure(429, {
        code: "too_many_requests",
        message: `${mostWaiting} requests are waiting already. Try again later.`,
        headers: { "retry-after": String(seconds) },
      });
    }
    this.#waiting++;
    let begunAt: number | null = null;
    let isOver = false;
    return {
      begin: () => {
        if (begunAt !== null || isOver) return;
        begunAt = performance.now();
        this.#waiting--;
      },
      leave: () => {
        if (isOver) return;
        isOver = true;
        if (begunAt === null) this.#waiting--;
        else this.#lastMs = performance.now() - begunAt;
      },
    };
  }
}
