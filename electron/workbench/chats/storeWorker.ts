import { parentPort, workerData } from "node:worker_threads";
import { toProblem } from "../../contract/errors.ts";
import { ChatStore } from "./ChatStore.ts";
import type { StoreCommand, StoreOperation, StoreReport, StoreResult } from "./storeOperations.ts";
import { toStoreError } from "./storeProblem.ts";

/*
 * The store's own thread: SQLite's calls block, and must block nobody else. It opens the store with the first
 * request, and tries again with the next one if that failed.
 */
const port = parentPort;
if (port === null) throw new Error("This file is a worker.");
const { home } = workerData as { home: string };
const houseworkMs = 1000;

let store: ChatStore | null = null;
let housework: NodeJS.Timeout | null = null;

const report = (message: StoreReport): void => port.postMessage(message);

function openedStore(): ChatStore {
  if (store === null) {
    store = new ChatStore(home);
    if (store.notice !== null) report({ type: "notice", problem: store.notice });
    housework = setInterval(keepHouse, houseworkMs);
  }
  return store;
}

function keepHouse(): void {
  try {
    store?.checkpointIfDue();
    if (store?.changedElsewhere() === true) report({ type: "changed" });
  } catch {
    // The same failure comes back, with its code, to whoever asks next.
  }
}

function answer(command: StoreCommand): StoreReport {
  try {
    if (command.operation === "close") {
      if (housework !== null) clearInterval(housework);
      store?.close();
      store = null;
      return { type: "result", id: command.id, value: null };
    }
    const open = openedStore();
    // The command's type ties its params to its operation; TypeScript cannot follow that through the lookup.
    const operation = open[command.operation].bind(open) as (params: unknown) => StoreResult<StoreOperation>;
    return { type: "result", id: command.id, value: operation(command.params) };
  } catch (error) {
    return { type: "failed", id: command.id, problem: toProblem(toStoreError(error)) };
  }
}

port.on("message", (command: StoreCommand) => {
  report(answer(command));
  if (command.operation === "close") port.close();
});
