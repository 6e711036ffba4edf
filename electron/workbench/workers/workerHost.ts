import { Worker } from "node:worker_threads";
import type { HostMessage, HostReport } from "./hostProtocol.ts";

/* The process of a `HostedWorker`: it runs one worker, passes messages on in both directions, and ends with either end. */
let worker: Worker | null = null;

process.on("message", (received: HostMessage) => {
  if (received.type === "message") {
    worker?.postMessage(received.message);
    return;
  }
  worker = new Worker(received.path, { workerData: received.workerData, env: process.env });
  worker.on("message", (message: unknown) => report({ type: "message", message }));
  worker.on("error", (error) => report({ type: "error", message: String(error) }));
  // What was reported before arrives first.
  worker.on("exit", (code) => process.send?.({ type: "exit" } satisfies HostReport, () => process.exit(code)));
});
// The workbench has ended. As in a thread, what was requested is not done any more. Exiting would wait for the worker, which
// may be copying a database, while the next start of the app already works on the same files.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

function report(message: HostReport): void {
  process.send?.(message);
}
