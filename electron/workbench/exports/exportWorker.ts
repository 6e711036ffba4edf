import { parentPort } from "node:worker_threads";
import { toStoreError } from "../chats/storeProblem.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { PortCalls } from "../workers/PortCalls.ts";
import type { ExportNews, ExportOperations } from "./exportOperations.ts";
import { writeChats } from "./writeChats.ts";

/* The worker thread that writes exports, because reading, formatting and hashing a whole store takes a while. */
if (parentPort === null) throw new Error("This file is a worker.");
const progressMs = 100;

let cancelling = new AbortController();
let toldAt = 0;

function told(done: number, total: number): void {
  const now = performance.now();
  if (now - toldAt < progressMs) return;
  toldAt = now;
  workbench.send("progress", { done, total });
}

const workbench = new PortCalls<ExportNews, ExportOperations>(parentPort, {
  write: async (order) => {
    cancelling = new AbortController();
    const { signal } = cancelling;
    try {
      return await writeChats(order, signal, told);
    } catch (error) {
      if (signal.aborted) return null;
      throw error instanceof WorkbenchError ? error : toStoreError(error);
    }
  },
  cancel: () => {
    cancelling.abort();
    return null;
  },
  close: () => {
    cancelling.abort();
    return null;
  },
});
