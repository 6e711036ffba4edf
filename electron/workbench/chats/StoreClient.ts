import { Worker } from "node:worker_threads";
import { WorkbenchError, toError, type Problem } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import type { StoreCommand, StoreOperation, StoreParams, StoreReport, StoreResult } from "./storeOperations.ts";

export interface StoreClientOptions {
  home: string;
  /** The built worker file. */
  workerPath: string;
  /** What a person should know about the store, such as that a damaged one was set aside. */
  onNotice: (problem: Problem) => void;
  /** Another process wrote to the store. */
  onChanged: () => void;
}

interface Pending {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/** How the workbench asks its store. Requests are answered in order; each settles once. */
export class StoreClient {
  readonly #options: StoreClientOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #nextId = 1;
  #closed = false;

  constructor(options: StoreClientOptions) {
    this.#options = options;
  }

  /** Resolves once the change is on disk. Fails with a WorkbenchError; after `close`, with `store-failed`. */
  async request<Op extends StoreOperation>(operation: Op, params: StoreParams<Op>): Promise<StoreResult<Op>> {
    if (this.#closed) throw new WorkbenchError("store-failed", "The chat store is closed.");
    return this.#post<StoreResult<Op>>((id) => ({ id, operation, params }) as StoreCommand);
  }

  /** Lets requests under way finish, closes the file cleanly and ends the worker. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    await this.#post((id) => ({ id, operation: "close" })).catch(() => {});
    await ended;
  }

  #post<Result>(command: (id: number) => StoreCommand): Promise<Result> {
    const worker = (this.#worker ??= this.#startWorker());
    const id = this.#nextId++;
    return new Promise<Result>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage(command(id));
    });
  }

  #startWorker(): Worker {
    const worker = new Worker(this.#options.workerPath, {
      workerData: { home: this.#options.home },
      env: childEnvironment(process.env),
    });
    let cause: Error | null = null;
    worker.on("message", (report: StoreReport) => this.#receive(report));
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = null;
      const pending = [...this.#pending.values()];
      this.#pending.clear();
      for (const { reject } of pending) reject(new WorkbenchError("store-failed", undefined, cause?.message));
    });
    return worker;
  }

  #receive(report: StoreReport): void {
    if (report.type === "changed") {
      this.#options.onChanged();
      return;
    }
    if (report.type === "notice") {
      this.#options.onNotice(report.problem);
      return;
    }
    const pending = this.#pending.get(report.id);
    this.#pending.delete(report.id);
    if (report.type === "result") pending?.resolve(report.value as never);
    else pending?.reject(toError(report.problem));
  }
}
