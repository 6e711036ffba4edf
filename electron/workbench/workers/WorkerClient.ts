import { Worker } from "node:worker_threads";
import type { WorkbenchError } from "../../contract/errors.ts";
import { withinMs } from "../withinMs.ts";
import { HostedWorker, type WorkerHost } from "./HostedWorker.ts";
import { type Answers, type ParamsOf, PortCalls, type ResultOf } from "./PortCalls.ts";

export interface WorkerStart {
  workerData?: unknown;
  env: NodeJS.ProcessEnv;
  /** The process that the worker runs in. By default, this one. */
  host?: WorkerHost | undefined;
}

export interface WorkerClientOptions<News> {
  /** The built worker file. */
  path: string;
  /** Returns what each worker is started with. What it throws, the call rejects with. */
  start: () => WorkerStart;
  /** Functions that the worker can call. */
  answers: Answers<News>;
  /** Returns the error for calls that a worker did not complete before it exited. */
  ended: (cause: string | undefined) => WorkbenchError;
  /** Returns the error for calls after `close`. */
  closed: () => WorkbenchError;
  /** Called when a worker crashed. The next call starts a new one. */
  onCrash?: () => void;
  /** How long `close` waits for pending calls. Without it, it waits until they are done. */
  closeWithinMs?: number;
}

interface Running<Operations, News> {
  worker: Worker | HostedWorker;
  calls: PortCalls<Operations, News>;
}

/** Calls a worker, which starts with the first call and again after a crash. Each call settles once. */
export class WorkerClient<Operations extends { close(): null }, News> {
  readonly #options: WorkerClientOptions<News>;
  #running: Running<Operations, News> | null = null;
  #closed = false;

  constructor(options: WorkerClientOptions<News>) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /**
   * Resolves with the result. Rejects with the `WorkbenchError` of the operation, or with the one for a worker that
   * exited.
   */
  async request<Name extends keyof Operations & string>(
    name: Name,
    params: ParamsOf<Operations, Name>,
  ): Promise<ResultOf<Operations, Name>> {
    if (this.#closed) throw this.#options.closed();
    return await (this.#running ??= this.#start()).calls.call(name, params);
  }

  /** Lets the worker finish pending calls, unless they take too long, and ends it for good. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.stop();
  }

  /** Lets the worker finish pending calls, unless they take too long, and ends it. The next call starts another one. */
  async stop(): Promise<void> {
    if (this.#running === null) return;
    const { worker, calls } = this.#running;
    this.#running = null;
    const closed = calls.call("close", {} as ParamsOf<Operations, "close">).catch(() => undefined);
    const { closeWithinMs } = this.#options;
    await (closeWithinMs === undefined ? closed : withinMs(closed, closeWithinMs));
    await worker.terminate();
  }

  #start(): Running<Operations, News> {
    const { path, start, answers, ended, onCrash } = this.#options;
    const { host, ...options } = start();
    const worker = host === undefined ? new Worker(path, options) : new HostedWorker(path, host, options);
    const calls = new PortCalls<Operations, News>(worker, answers);
    let cause: Error | null = null;
    worker.on("error", (error: Error) => {
      cause = error;
    });
    worker.on("exit", () => {
      if (this.#running?.worker === worker) this.#running = null;
      calls.fail(ended(cause?.message));
      if (cause !== null && !this.#closed) onCrash?.();
    });
    return { worker, calls };
  }
}
