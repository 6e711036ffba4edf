import { parentPort, workerData } from "node:worker_threads";
import { type Answers, PortCalls } from "../workers/PortCalls.ts";
import { ChatStore } from "./ChatStore.ts";
import { ChatStores } from "./ChatStores.ts";
import type { StoreNews, StoreWorkerOperations } from "./storeOperations.ts";
import { toStoreError } from "./storeProblem.ts";

/*
 * The store's worker thread, because SQLite's calls block. It opens the store with the first request, and tries again
 * with the next one if that failed.
 */
if (parentPort === null) throw new Error("This file is a worker.");
const { home } = workerData as { home: string };
const houseworkMs = 1000;

let store: ChatStore | null = null;
const stores = new ChatStores(openedStore);

function openedStore(): ChatStore {
  if (store === null) {
    store = new ChatStore(home);
    if (store.notice !== null) workbench.send("notice", { problem: store.notice });
    setInterval(keepHouse, houseworkMs);
  }
  return store;
}

function keepHouse(): void {
  try {
    store?.checkpointIfDue();
    if (store?.changedElsewhere() === true) workbench.send("changed", {});
  } catch {
    // The next request fails with the same error and its code.
  }
}

function close(): null {
  stores.close();
  store?.close();
  store = null;
  return null;
}

/** Each operation calls the method of that name of a store. */
const operations = new Proxy({} as Answers<StoreWorkerOperations>, {
  get:
    (_, name: keyof StoreWorkerOperations) =>
    (params: never): unknown => {
      try {
        return name === "close" ? close() : stores.call(name, params);
      } catch (error) {
        throw toStoreError(error);
      }
    },
});
const workbench = new PortCalls<StoreNews, StoreWorkerOperations>(parentPort, operations);
