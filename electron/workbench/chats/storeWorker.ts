import { parentPort, workerData } from "node:worker_threads";
import { type FactsByCode, problemOf, toProblem } from "../../contract/errors.ts";
import { type Answers, PortCalls } from "../workers/PortCalls.ts";
import type { StoreWorkerData } from "../sqlite/startOnStore.ts";
import { ChatStore } from "./ChatStore.ts";
import { ChatStores } from "./ChatStores.ts";
import type { StoreNews, StoreWorkerOperations } from "./storeOperations.ts";
import { isNotConverted, toStoreError, whyNotWritable } from "./storeProblem.ts";

/*
 * The store's worker thread, because SQLite's calls block. It opens the store with the first request, and tries again
 * with the next one if that failed. If a request meets damage, the store is mended and the request made once more.
 */
if (parentPort === null) throw new Error("This file is a worker.");
const { home, key } = workerData as StoreWorkerData;
const houseworkMs = 1000;

let store: ChatStore | null = null;
const stores = new ChatStores(openedStore);
let housework: NodeJS.Timeout | undefined;
let catchingUp: NodeJS.Timeout | undefined;
/** Whether somebody asked for something since the last step of what was put off. */
let isAsked = false;
/** How long that step took. */
let stepMs = 0;
let toldOn: string | null = null;
/** Whether something could not be written, and the user was told. */
let isReadOnly = false;
/** Why the store could not be converted. It is not tried again, because each try copies and checks all of it. */
let notConverted: unknown = null;
/** Set while a backup is being restored. */
let waiting: Promise<unknown> | null = null;

/** Opens the store. While it is being mended, the user is told so. */
function opened(examine: boolean): ChatStore {
  let isMending = false;
  const onMending = (): void => {
    isMending = true;
    workbench.send("notice", { problem: problemOf("store-corrupt", { case: "mending" }) });
  };
  try {
    return new ChatStore(home, { key, examine, onMending });
  } finally {
    if (isMending) workbench.send("mended", {});
  }
}

function openedStore(examine = false): ChatStore {
  if (store === null) {
    if (notConverted !== null) throw notConverted;
    try {
      store = opened(examine);
    } catch (error) {
      if (isNotConverted(error)) notConverted = error;
      throw error;
    }
    if (store.notice !== null) workbench.send("notice", { problem: store.notice });
    if (store.readOnly !== null) tellReadOnly(store.readOnly);
    housework ??= setInterval(keepHouse, houseworkMs);
  }
  return store;
}

function tellReadOnly(why: FactsByCode["store-read-only"]["case"]): void {
  isReadOnly = true;
  workbench.send("notice", { problem: problemOf("store-read-only", { case: why }) });
}

/** Finds out whether what could not be written can be written now. */
function tryToWrite(): void {
  try {
    if (store?.readOnly !== null) {
      const again = new ChatStore(home, { key });
      if (again.readOnly !== null) return again.close();
      store?.close();
      store = again;
      if (again.notice !== null) workbench.send("notice", { problem: again.notice });
    }
    store.tryToWrite();
    isReadOnly = false;
    workbench.send("writable", {});
  } catch {
    // It is tried again in a moment.
  }
}

function keepHouse(): void {
  if (waiting !== null) return;
  if (isReadOnly) tryToWrite();
  try {
    store?.checkpointIfDue();
    if (store?.changedElsewhere() === true) workbench.send("changed", {});
  } catch {
    // The next request fails with the same error and its code.
  }
  catchUpSoon();
  const day = store?.writtenOn ?? null;
  if (day === toldOn || day === null) return;
  toldOn = day;
  workbench.send("written", {});
}

/** Does what was put off, step by step. Requests come between, and if there are any, they get two thirds of the time. */
function catchUpSoon(): void {
  catchingUp ??= setTimeout(catchUp, isAsked ? 2 * stepMs : 0);
}

function catchUp(): void {
  catchingUp = undefined;
  isAsked = false;
  if (waiting !== null || isReadOnly) return;
  const begun = performance.now();
  try {
    // What is asked meanwhile is seen before the next step.
    if (stores.catchUp(store)) setImmediate(catchUpSoon);
  } catch {
    // The next request fails with the same error and its code.
  }
  stepMs = performance.now() - begun;
}

function close(): null {
  stores.close();
  return closeDisk();
}

function closeDisk(): null {
  try {
    store?.close();
  } finally {
    store = null;
  }
  return null;
}

function examine(): null {
  closeDisk();
  openedStore(true);
  workbench.send("changed", {});
  return null;
}

function restoreBackup(params: { backupId: string }): Promise<null> {
  const restored = openedStore()
    .restoreBackup(params)
    .then(() => null);
  waiting = restored;
  void restored.catch(() => undefined).then(() => (waiting = null));
  return restored;
}

function answer(name: keyof StoreWorkerOperations, params: never): unknown {
  if (name === "close") return close();
  if (name === "examine") return examine();
  if (name === "restoreBackup") return restoreBackup(params);
  return stores.call(name, params);
}

function answerOrMend(name: keyof StoreWorkerOperations, params: never): unknown {
  try {
    return answer(name, params);
  } catch (error) {
    const failure = toStoreError(error);
    const why = whyNotWritable(failure);
    if (why !== null && store !== null) tellReadOnly(why);
    const { code, facts } = toProblem(failure);
    if (store === null || code !== "store-failed" || facts?.["case"] !== "damaged") throw failure;
    // Nothing was changed by the request, so it can be made again.
    examine();
    return answer(name, params);
  }
}

const operations = new Proxy({} as Answers<StoreWorkerOperations>, {
  get:
    (_, name: keyof StoreWorkerOperations) =>
    async (params: never): Promise<unknown> => {
      isAsked = true;
      try {
        while (waiting !== null) await waiting.catch(() => undefined);
        return await answerOrMend(name, params);
      } catch (error) {
        throw toStoreError(error);
      } finally {
        catchUpSoon();
      }
    },
});
const workbench = new PortCalls<StoreNews, StoreWorkerOperations>(parentPort, operations);
