import { Worker } from "node:worker_threads";
import type { Download } from "../../contract/downloads.ts";
import { type Problem, toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import type { ResolveProxy } from "../hub/proxyAddress.ts";
import type {
  DownloadOperation,
  DownloadParams,
  DownloadResult,
  DownloadThreadData,
  FromDownloadThread,
  HubSecrets,
  ToDownloadThread,
} from "./downloadMessages.ts";

export interface DownloadsClientOptions {
  /** The built worker file. */
  workerPath: string;
  modelsFolder: string;
  bytesPerSecond: () => number | null;
  /** Fails with `hub-address-invalid`. */
  hub: () => Promise<HubSecrets>;
  resolveProxy?: ResolveProxy | undefined;
  onChanged: (downloads: Download[]) => void;
  onArrived: () => void;
  /** Left free on the disk; for tests. */
  reserveBytes?: number | undefined;
  /** For tests. */
  firstRetryMs?: number | undefined;
}

interface Pending {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

const usualReserveBytes = 1_000_000_000;
/** The thread opens connections itself. It gets the hub's token with each download and not from here. */
const forConnections = /^(https?_proxy|no_proxy|ssl_cert_file|ssl_cert_dir|node_extra_ca_certs)$/i;

function downloadEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const proxies = Object.entries(parent).filter(([name]) => forConnections.test(name));
  return { ...childEnvironment(parent), ...Object.fromEntries(proxies) };
}

/**
 * How the workbench asks the download thread. If the thread dies, what is on the disk stays; the next request starts
 * another one, which finds it as left over.
 */
export class DownloadsClient {
  readonly #options: DownloadsClientOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #nextId = 1;
  #closed = false;

  constructor(options: DownloadsClientOptions) {
    this.#options = options;
  }

  async request<Op extends DownloadOperation>(operation: Op, params: DownloadParams<Op>): Promise<DownloadResult<Op>> {
    if (this.#closed) throw new WorkbenchError("internal", "The app is closing.");
    return await this.#post(operation, params);
  }

  /** A limit holds at once; without a thread there is nothing to limit. */
  limit(bytesPerSecond: number | null): void {
    if (this.#worker !== null && !this.#closed) void this.#post("limit", { bytesPerSecond }).catch(() => undefined);
  }

  /** What is received is kept with its receipts. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    await this.#post("close", {}).catch(() => undefined);
    await ended;
  }

  #post<Op extends DownloadOperation>(operation: Op, params: DownloadParams<Op>): Promise<DownloadResult<Op>> {
    const worker = (this.#worker ??= this.#startWorker());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ type: "command", id, operation, params });
    });
  }

  #startWorker(): Worker {
    const { workerPath, modelsFolder, bytesPerSecond, reserveBytes, firstRetryMs } = this.#options;
    const workerData: DownloadThreadData = {
      modelsFolder,
      bytesPerSecond: bytesPerSecond(),
      reserveBytes: reserveBytes ?? usualReserveBytes,
      firstRetryMs: firstRetryMs ?? null,
    };
    const worker = new Worker(workerPath, { workerData, env: downloadEnvironment(process.env) });
    let cause: Error | null = null;
    worker.on("message", (message: FromDownloadThread) => void this.#receive(worker, message));
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = null;
      const pending = [...this.#pending.values()];
      this.#pending.clear();
      for (const { reject } of pending) reject(new WorkbenchError("internal", undefined, cause?.message));
      // What ran is found again as left over.
      if (cause !== null && !this.#closed) this.request("list", {}).then(this.#options.onChanged, () => undefined);
    });
    return worker;
  }

  async #receive(worker: Worker, message: FromDownloadThread): Promise<void> {
    const reply = (answer: ToDownloadThread): void => worker.postMessage(answer);
    switch (message.type) {
      case "changed":
        this.#options.onChanged(message.downloads);
        return;
      case "arrived":
        this.#options.onArrived();
        return;
      case "askHub": {
        const answer: HubSecrets | Problem = await this.#options.hub().catch(toProblem);
        reply({ type: "hub", askId: message.askId, answer });
        return;
      }
      case "askProxy": {
        const { resolveProxy } = this.#options;
        const answer = resolveProxy === undefined ? "DIRECT" : await resolveProxy(message.url).catch(() => "DIRECT");
        reply({ type: "proxy", askId: message.askId, answer });
        return;
      }
      case "result":
      case "failed": {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        if (message.type === "result") pending?.resolve(message.value as never);
        else pending?.reject(toError(message.problem));
      }
    }
  }
}
