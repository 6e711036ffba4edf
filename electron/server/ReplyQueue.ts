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

/** What counts: the requests that wait for their turn, which `engines.use` gives them, or all that have not ended. */
type Counted = "waiting" | "all";

/** Limits the requests that can be made at once. Without a limit, programs could pile up hours of work. */
export class ReplyQueue {
  readonly #counted: Counted;
  #count = 0;
  #lastMs = 1000;

  constructor(counted: Counted = "waiting") {
    this.#counted = counted;
  }

  /** Takes a place. Throws an `ApiFailure` if too many wait already. */
  enter(): Place {
    if (this.#count >= mostWaiting) {
      const seconds = Math.min(mostRetrySeconds, Math.max(1, Math.ceil(this.#lastMs / 1000)));
      throw new ApiFailure(429, {
        code: "too_many_requests",
        message: `${mostWaiting} requests are ${this.#counted === "all" ? "being answered" : "waiting"} already. Try again later.`,
        headers: { "retry-after": String(seconds) },
      });
    }
    this.#count++;
    let begunAt: number | null = null;
    let isOver = false;
    return {
      begin: () => {
        if (begunAt !== null || isOver) return;
        begunAt = performance.now();
        if (this.#counted === "waiting") this.#count--;
      },
      leave: () => {
        if (isOver) return;
        isOver = true;
        if (begunAt === null || this.#counted === "all") this.#count--;
        if (begunAt !== null) this.#lastMs = performance.now() - begunAt;
      },
    };
  }
}
