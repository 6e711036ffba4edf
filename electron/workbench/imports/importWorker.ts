import { parentPort } from "node:worker_threads";
import { WorkbenchError } from "../../contract/errors.ts";
import { atMostEvery } from "../workers/atMostEvery.ts";
import { PortCalls } from "../workers/PortCalls.ts";
import type { ImportPlan } from "./ImportPlan.ts";
import { importLimits } from "./importLimits.ts";
import type { ImportNews, ImportOperations } from "./importOperations.ts";
import { previewImport } from "./previewImport.ts";
import { stageImport } from "./stageImport.ts";

/*
 * The worker thread that reads files from elsewhere, because parsing them takes a while, and because one that exhausts
 * the memory ends this thread and nothing else.
 */
if (parentPort === null) throw new Error("This file is a worker.");
const progressMs = 100;

let cancelling = new AbortController();
let plan: ImportPlan | null = null;

const onProgress = atMostEvery(progressMs, (done: number, total: number) =>
  workbench.send("progress", { done, total }),
);
const shown = (chatIds: string[]): Promise<string[]> => workbench.call("shown", { chatIds });

/** Resolves with null if it was cancelled. */
async function cancellable<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result | null> {
  const current = (cancelling = new AbortController());
  const deadline = AbortSignal.timeout(importLimits.milliseconds);
  try {
    return await work(AbortSignal.any([current.signal, deadline]));
  } catch (error) {
    if (current.signal.aborted) return null;
    if (deadline.aborted) throw new WorkbenchError("import-failed", { case: "slow" });
    throw error;
  }
}

const cancel = (): null => {
  cancelling.abort();
  return null;
};

const workbench = new PortCalls<ImportNews, ImportOperations>(parentPort, {
  read: ({ path }) =>
    cancellable(async (signal) => {
      const read = await previewImport(path, { signal, onProgress, shown });
      plan = read.plan;
      return read.found;
    }),
  stage: ({ path, here }) =>
    cancellable(async (signal) => {
      if (plan === null) throw new WorkbenchError("import-changed");
      const staged = (lines: string[]): Promise<null> => workbench.call("staged", { lines });
      return await stageImport(path, plan, { here, signal, onProgress, shown, staged });
    }),
  cancel,
  close: cancel,
});
