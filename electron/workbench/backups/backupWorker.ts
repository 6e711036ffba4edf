import { parentPort, workerData } from "node:worker_threads";
import { toStoreError } from "../chats/storeProblem.ts";
import { type Answers, PortCalls } from "../workers/PortCalls.ts";
import type { StoreWorkerData } from "../sqlite/startOnStore.ts";
import { BackupShelf } from "./BackupShelf.ts";
import type { BackupWorkerOperations } from "./backupOperations.ts";

/*
 * The thread that makes and reads backups, with a connection of its own, so that neither the window nor the chats wait for
 * it.
 */
if (parentPort === null) throw new Error("This file is a worker.");
const { home, key } = workerData as StoreWorkerData;
const shelf = new BackupShelf(home, key);

/** Each operation calls the shelf's method of that name. */
const operations = new Proxy({} as Answers<BackupWorkerOperations>, {
  get:
    (_, name: keyof BackupWorkerOperations) =>
    (params: never): unknown => {
      try {
        return shelf[name](params);
      } catch (error) {
        throw toStoreError(error);
      }
    },
});
new PortCalls<Record<never, never>, BackupWorkerOperations>(parentPort, operations);
