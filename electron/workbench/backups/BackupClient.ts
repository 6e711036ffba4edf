import { startOnStore } from "../sqlite/startOnStore.ts";
import { storeWorkerErrors } from "../sqlite/storeWorkerErrors.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { StoreClientOptions } from "../chats/StoreClient.ts";
import type { BackupWorkerOperations } from "./backupOperations.ts";

/** The workbench's client of the thread that makes and reads backups. */
export class BackupClient extends WorkerClient<BackupWorkerOperations, Record<never, never>> {
  /** `workerPath` is the built worker file. */
  constructor({ home, workerPath, encryption = () => null }: StoreClientOptions) {
    super({
      path: workerPath,
      start: () => startOnStore(home, encryption()),
      answers: {},
      ...storeWorkerErrors,
    });
  }
}
