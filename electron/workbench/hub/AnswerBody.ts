import type { Dispatcher } from "undici";

/** Answers whether more is wanted. While it takes its time, nothing more is read. */
export type TakeChunk = (chunk: Buffer) => boolean | Promise<boolean>;

/** Of the connection that an answer comes on. */
export interface AnswerFlow {
  pause(): void;
  resume(): void;
  /** Closes the connection. */
  abort(error: Error): void;
}

interface Reading {
  take: TakeChunk;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** What an answer brings, handed over as it is parsed: nothing is copied, and nothing is read before `each`. */
export class AnswerBody {
  readonly #flow: AnswerFlow;
  #reading: Reading | null = null;
  #isTaking = false;
  #early: Buffer[] = [];
  #ended: { error: unknown } | "whole" | null = null;

  /** @param flow paused */
  constructor(flow: AnswerFlow) {
    this.#flow = flow;
  }

  /** Resolves at the body's end, or once no more is wanted; fails with the connection's error, or with what `take` throws. */
  each(take: TakeChunk): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reading = { take, resolve, reject };
      this.#goOn();
    });
  }

  /** Closes the connection, unless all of the body has come. Whoever reads fails with the error. */
  destroy(error: Error = new Error("Nobody reads this answer.")): void {
    this.#early = [];
    if (this.#ended === null) {
      this.#ended = { error };
      this.#flow.abort(error);
    }
    this.#settle();
  }

  /** For the one that parses the answer. */
  add(chunk: Buffer): void {
    // Through a proxy for plain http, undici does not see in time that the answer is paused.
    if (this.#reading === null || this.#isTaking) this.#early.push(chunk);
    else this.#take(this.#reading, chunk);
  }

  /** For the one that parses the answer: no more comes. */
  end(ended: { error: unknown } | "whole"): void {
    this.#ended ??= ended;
    this.#settle();
  }

  #take(reading: Reading, chunk: Buffer): void {
    this.#isTaking = true;
    try {
      const more = reading.take(chunk);
      if (typeof more === "boolean") this.#took(reading, more);
      else this.#wait(reading, more);
    } catch (error) {
      this.#failed(reading, error);
    }
  }

  #wait(reading: Reading, more: Promise<boolean>): void {
    this.#flow.pause();
    more.then(
      (wanted) => {
        this.#took(reading, wanted);
        this.#goOn();
      },
      (error: unknown) => this.#failed(reading, error),
    );
  }

  #took(reading: Reading, wanted: boolean): void {
    this.#isTaking = false;
    if (!wanted) {
      this.#reading = null;
      reading.resolve();
      // Where that was all of it, the parser says so right after this call, and the connection can be used again.
      setImmediate(() => this.destroy());
    }
    this.#settle();
  }

  #failed(reading: Reading, error: unknown): void {
    this.#isTaking = false;
    this.#reading = null;
    reading.reject(error);
    this.destroy();
  }

  /** First what has come, then what comes. */
  #goOn(): void {
    while (this.#reading !== null && !this.#isTaking) {
      const chunk = this.#early.shift();
      if (chunk === undefined) break;
      this.#take(this.#reading, chunk);
    }
    if (this.#isTaking) return;
    if (this.#ended === null) this.#flow.resume();
    else this.#settle();
  }

  /** The end, or an error, may be told while the last chunk is still being taken. */
  #settle(): void {
    if (this.#ended === null || this.#isTaking || this.#early.length > 0 || this.#reading === null) return;
    const { resolve, reject } = this.#reading;
    this.#reading = null;
    if (this.#ended === "whole") resolve();
    else reject(this.#ended.error);
  }
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: AnswerBody;
}

/** Sends a request. Resolves with the answer's head; its body waits. Fails with undici's error, or the signal's reason. */
export function ask(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let body: AnswerBody | null = null;
    let controller: Dispatcher.DispatchController | null = null;
    const onAbort = (): void => {
      const reason = signal?.reason as Error;
      reject(reason);
      if (body === null) controller?.abort(reason);
      else body.destroy(reason);
    };
    const over = (): void => signal?.removeEventListener("abort", onAbort);
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener("abort", onAbort);
    dispatcher.dispatch(request, {
      onRequestStart: (started) => {
        controller = started;
        if (signal?.aborted === true) started.abort(signal.reason as Error);
      },
      onResponseStart: (started, status, headers) => {
        if (status < 200) return;
        started.pause();
        body = new AnswerBody(started);
        resolve({ status, headers, body });
      },
      onResponseData: (_, chunk) => body?.add(chunk),
      onResponseEnd: () => {
        over();
        body?.end("whole");
      },
      onResponseError: (_, error) => {
        over();
        body?.end({ error });
        reject(error);
      },
    });
  });
}
