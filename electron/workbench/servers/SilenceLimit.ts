import type { ReplyWaits } from "./replyWaits.ts";
import { ServerFailure } from "./serverProblem.ts";

type Phase = "first" | "silence" | "usage";

/** Ends a request when nothing has arrived for too long. A reply may take as long as it likes. */
export class SilenceLimit {
  readonly #waits: ReplyWaits;
  readonly #server: string;
  readonly #stopping = new AbortController();
  #phase: Phase = "first";
  #timer: NodeJS.Timeout | undefined;

  constructor(waits: ReplyWaits, server: string) {
    this.#waits = waits;
    this.#server = server;
    this.heard();
  }

  /** Aborts with a `server-silent`. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Call when something arrived. After the reply's end, that prolongs nothing: only what was counted is waited for. */
  heard(): void {
    if (this.#phase !== "usage") this.#wait();
  }

  enter(phase: Phase): void {
    if (this.#phase === phase) return;
    this.#phase = phase;
    this.#wait();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const ms = this.#waits[`${this.#phase}Ms`];
    this.#timer = setTimeout(() => {
      const seconds = Math.ceil(ms / 1000);
      this.#stopping.abort(new ServerFailure("server-silent", { server: this.#server, seconds }));
    }, ms);
  }
}
