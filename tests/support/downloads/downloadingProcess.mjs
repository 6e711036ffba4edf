// A process with the built download thread, which tests stop, resume, or start with a given environment. It queues one
// file, or a component, and prints the download's states to stdout, one line of JSON each. It ends when the download does.
import { Worker } from "node:worker_threads";

const { workerPath, home, modelsFolder, releases = [], endpoint, file, component, waits } = JSON.parse(process.argv[2]);
const network = { isOffline: false, isForced: false };
const workerData = { home, modelsFolder, releases, bytesPerSecond: null, reserveBytes: 0, waits, network };
const worker = new Worker(workerPath, { workerData });
const over = new Set(["done", "failed", "paused"]);
const call = (name, params) => worker.postMessage({ type: "call", id: 1, name, params });
const answers = {
  hub: () => ({ endpoint, token: null }),
  proxy: () => "DIRECT",
  arrived: () => undefined,
  connection: () => undefined,
  changed({ downloads }) {
    for (const { status, receivedBytes } of downloads) {
      process.stdout.write(`${JSON.stringify({ status, receivedBytes })}\n`);
      if (over.has(status.state)) void worker.terminate();
    }
  },
};

worker.on("message", ({ type, id, name, params, problem }) => {
  if (type === "failed") throw new Error(JSON.stringify(problem));
  if (type !== "call") return;
  const value = answers[name](params);
  if (id !== null) worker.postMessage({ type: "result", id, value });
});
if (component === undefined) call("start", { file, acceptUnverified: false });
else call("startComponent", { name: component });
