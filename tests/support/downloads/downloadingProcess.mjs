// A process of its own with the built download thread: tests stop it, wake it, or give it an environment. It queues
// one file and says on stdout, one line of JSON for each, how the download stands; it ends when the download does.
import { Worker } from "node:worker_threads";

const { workerPath, modelsFolder, endpoint, file } = JSON.parse(process.argv[2]);
const workerData = { modelsFolder, bytesPerSecond: null, reserveBytes: 0, firstRetryMs: 5 };
const worker = new Worker(workerPath, { workerData });
const over = new Set(["done", "failed", "paused"]);
const command = (operation, params) => worker.postMessage({ type: "command", id: 1, operation, params });

worker.on("message", (message) => {
  const { askId } = message;
  if (message.type === "askHub") worker.postMessage({ type: "hub", askId, answer: { endpoint, token: null } });
  if (message.type === "askProxy") worker.postMessage({ type: "proxy", askId, answer: "DIRECT" });
  if (message.type === "failed") throw new Error(JSON.stringify(message.problem));
  if (message.type !== "changed") return;
  for (const { status, receivedBytes } of message.downloads) {
    process.stdout.write(`${JSON.stringify({ status, receivedBytes })}\n`);
    if (over.has(status.state)) command("close", {});
  }
});
command("start", { file, acceptUnverified: false });
