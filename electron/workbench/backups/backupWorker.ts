import { parentPort, workerData } from "node:worker_threads";
import { toStoreError } from "../chats/storeProblem.ts";
import { type Answers, PortCalls } from "../workers/PortCalls.ts";
import { BackupShelf } from "./BackupShelf.ts";
import type { BackupWorkerOperations } from "./backupOperations.ts";

/*
 * The thread that makes and reads backups, with a connection of its own, so that neither the window nor the chats wait for
 * it.
 */
if (parentPort === null) throw new Error("This file is a worker.");
const { home } = workerData as { home: string };
const shelf = new BackupShelf(home);

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
