import type { Socket } from "node:net";
import { type Answer, AnswerBody } from "./AnswerBody.ts";
import { readAnswerHead } from "./answerHead.ts";
import { headTimeoutMs } from "./connectOptions.ts";
import { giveBack } from "./ReadBuffers.ts";

/** No head of a hub is longer. */
const longestHead = 32 * 1024;
const endOfHead = "\r\n\r\n";

/** One request on a connection, and its answer. */
export class DirectExchange {
  /**
   * The answer, whose body waits; null where a full client has to ask, and the connection is closed then. Fails with
   * the connection's error, or the signal's reason.
   */
  readonly answer: Promise<Answer | null>;
  readonly #socket: Socket;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  #resolve: (answer: Answer | null) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #head: Buffer = Buffer.alloc(0);
  #body: AnswerBody | null = null;
  #left = 0;
  #isPaused = false;
  #staysOpen = false;

  constructor(socket: Socket, signal: AbortSignal | undefined) {
    this.#socket = socket;
    this.#signal = signal;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#timer = setTimeout(() => {
      this.fail(Object.assign(new Error(`No answer in ${headTimeoutMs / 1000} s.`), { code: "ETIMEDOUT" }));
    }, headTimeoutMs);
    if (signal?.aborted === true) this.#onAbort();
    signal?.addEventListener("abort", this.#onAbort);
  }

  /** Whether anything of the answer was received. */
  get isBegun(): boolean {
    return this.#body !== null || this.#head.length > 0;
  }

  /** Whether all of the answer was received. */
  get isWhole(): boolean {
    return this.#body !== null && this.#left === 0;
  }

  /** Whether another request may follow on this connection. */
  get staysOpen(): boolean {
    return this.#staysOpen;
  }

  /** Takes what was received. Answers whether more may be read now. */
  receive(chunk: Buffer): boolean {
    if (this.#body === null) this.#addToHead(chunk);
    else this.#addToBody(this.#body, chunk);
    return !this.#isPaused;
  }

  /** Nothing more comes. */
  fail(error: unknown): void {
    this.#over();
    this.#socket.destroy();
    this.#reject(error);
    this.#body?.end({ error });
  }

  #addToHead(chunk: Buffer): void {
    // A head that came in one piece with its body is cut off it; the body's part is not copied.
    const before = this.#head.length;
    this.#head = before === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf(endOfHead);
    if (end === -1 || end > longestHead) {
      if (this.#head.length > longestHead) this.#handBack();
      return;
    }
    const head = readAnswerHead(this.#head.toString("latin1", 0, end));
    const bodyFrom = end + endOfHead.length - before;
    giveBack(chunk.subarray(0, bodyFrom));
    if (head === null) {
      this.#handBack();
      return;
    }
    clearTimeout(this.#timer);
    this.#left = head.bodyBytes;
    this.#staysOpen = head.staysOpen;
    this.#isPaused = true;
    const body = new AnswerBody({
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      abort: (error) => this.fail(error),
    });
    this.#body = body;
    this.#resolve({ status: head.status, headers: head.headers, body });
    this.#addToBody(body, chunk.subarray(bodyFrom));
  }

  #addToBody(body: AnswerBody, chunk: Buffer): void {
    const wanted = chunk.subarray(0, this.#left);
    // More than was stated: what follows cannot be trusted to be an answer.
    if (wanted.length < chunk.length) this.#staysOpen = false;
    this.#left -= wanted.length;
    if (wanted.length > 0) body.add(wanted);
    if (this.#left > 0) return;
    this.#over();
    body.end("whole");
  }

  #handBack(): void {
    this.#over();
    this.#socket.destroy();
    this.#resolve(null);
  }

  #pause(): void {
    if (this.isWhole) return;
    this.#isPaused = true;
    this.#socket.pause();
  }

  #resume(): void {
    if (!this.#isPaused || this.isWhole) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  readonly #onAbort = (): void => {
    const reason = this.#signal?.reason as Error;
    if (this.#body === null) this.fail(reason);
    else this.#body.destroy(reason);
  };

  #over(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}
