import { parentPort } from "node:worker_threads";
import { toStoreError } from "../chats/storeProblem.ts";
import { atMostEvery } from "../workers/atMostEvery.ts";
import { PortCalls } from "../workers/PortCalls.ts";
import type { ExportNews, ExportOperations } from "./exportOperations.ts";
import { writeChats } from "./writeChats.ts";

/* The worker thread that writes exports, because reading, formatting and hashing a whole store takes a while. */
if (parentPort === null) throw new Error("This file is a worker.");
const progressMs = 100;

let cancelling = new AbortController();

const onProgress = atMostEvery(progressMs, (done: number, total: number) =>
  workbench.send("progress", { done, total }),
);
const cancel = (): null => {
  cancelling.abort();
  return null;
};

const workbench = new PortCalls<ExportNews, ExportOperations>(parentPort, {
  write: async (order) => {
    cancelling = new AbortController();
    const { signal } = cancelling;
    try {
      return await writeChats(order, signal, onProgress);
    } catch (error) {
      if (signal.aborted) return null;
      throw toStoreError(error);
    }
  },
  cancel,
  close: cancel,
});
