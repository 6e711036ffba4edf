import { WorkbenchError, type Problem } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import { Signal } from "../Signal.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { StoreNews, StoreWorkerOperations } from "./storeOperations.ts";

export interface StoreClientOptions {
  home: string;
  /** The built worker file. */
  workerPath: string;
}

/** The workbench's client of its store. Requests are answered in order, once the change is on disk. */
export class StoreClient extends WorkerClient<StoreWorkerOperations, StoreNews> {
  /** Emits what the user should know about the store, such as that a damaged one was set aside. */
  readonly noticed: Signal<Problem>;
  /** Emitted when another process wrote to the store. */
  readonly changed: Signal<void>;

  constructor({ home, workerPath }: StoreClientOptions) {
    const noticed = new Signal<Problem>();
    const changed = new Signal<void>();
    super({
      path: workerPath,
      start: () => ({ workerData: { home }, env: childEnvironment(process.env) }),
      answers: { notice: ({ problem }) => noticed.emit(problem), changed: () => changed.emit() },
      ended: (cause) => new WorkbenchError("store-failed", undefined, cause),
      closed: () => new WorkbenchError("store-failed", { case: "closed" }),
    });
    this.noticed = noticed;
    this.changed = changed;
  }
}
