import { WorkbenchError, type Problem } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { StoreNews, StoreWorkerOperations } from "./storeOperations.ts";

export interface StoreClientOptions {
  home: string;
  /** The built worker file. */
  workerPath: string;
  /** What a person should know about the store, such as that a damaged one was set aside. */
  onNotice: (problem: Problem) => void;
  /** Another process wrote to the store. */
  onChanged: () => void;
}

/** How the workbench asks its store. Requests are answered in order, once the change is on disk. */
export class StoreClient extends WorkerClient<StoreWorkerOperations, StoreNews> {
  constructor({ home, workerPath, onNotice, onChanged }: StoreClientOptions) {
    super({
      path: workerPath,
      start: () => ({ workerData: { home }, env: childEnvironment(process.env) }),
      answers: { notice: ({ problem }) => onNotice(problem), changed: () => onChanged() },
      ended: (cause) => new WorkbenchError("store-failed", undefined, cause),
      closed: () => new WorkbenchError("store-failed", "The chat store is closed."),
    });
  }
}
