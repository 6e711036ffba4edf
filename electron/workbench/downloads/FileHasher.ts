import { Worker } from "node:worker_threads";
import { WorkbenchError } from "../../contract/errors.ts";

/** The data that the hashing thread is started with. */
export interface HashThreadData {
  /** File descriptor of the open file. Threads of a process share it. */
  fd: number;
}
export type ToHashThread = { type: "add"; start: number; length: number } | { type: "digest" };
export type FromHashThread = { type: "added"; bytes: number } | { type: "digest"; digits: string };

interface Waiting {
  resolve: (message: FromHashThread) => void;
  reject: (error: Error) => void;
}

/**
 * Computes the SHA-256 of an open file in a worker thread, from ranges that are added one at a time. Rejects with the
 * file system's error, after which the object cannot be used.
 */
export class FileHasher {
  readonly #worker: Worker;
  #waiting: Waiting | null = null;
  #failure: Error | null = null;

  /** @param worker the built `hashWorker.js`; by default, the one next to the running file */
  constructor(fd: number, worker: string | URL = new URL("hashWorker.js", import.meta.url)) {
    const workerData: HashThreadData = { fd };
    this.#worker = new Worker(worker, { workerData, env: {} });
    this.#worker.on("message", (message: FromHashThread) => {
      const waiting = this.#waiting;
      this.#waiting = null;
      waiting?.resolve(message);
    });
    this.#worker.on("error", (error: Error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new WorkbenchError("internal", undefined, "The hashing thread ended.")));
  }

  /**
   * Hashes the next bytes of the file. Resolves with the number of bytes that exist; if there are fewer, hashes
   * nothing.
   */
  async add(start: number, length: number): Promise<number> {
    const answer = await this.#ask({ type: "add", start, length });
    return answer.type === "added" ? answer.bytes : 0;
  }

  /** Resolves with the hash of all added bytes, in 64 hexadecimal digits. */
  async digest(): Promise<string> {
    const answer = await this.#ask({ type: "digest" });
    return answer.type === "digest" ? answer.digits : "";
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(message: ToHashThread): Promise<FromHashThread> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(message);
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = null;
  }
}
