import { parentPort, workerData } from "node:worker_threads";
import { HubTransport } from "../hub/HubTransport.ts";
import { PortCalls } from "../workers/PortCalls.ts";
import type { DownloadNews, DownloadOperations, DownloadWorkerData } from "./downloadOperations.ts";
import { DownloadQueue } from "./DownloadQueue.ts";
import { RateLimit } from "./RateLimit.ts";

/*
 * The downloads' own thread: hashing and writing a gigabyte a second must not hold up anybody else. It holds no
 * secret longer than a download runs, and asks the workbench for the hub's address and the system's proxies.
 */
if (parentPort === null) throw new Error("This file is a worker.");
const { modelsFolder, bytesPerSecond, reserveBytes, waits } = workerData as DownloadWorkerData;
const tellEveryMs = 250;

const queue = new DownloadQueue({
  modelsFolder,
  limit: new RateLimit(bytesPerSecond),
  reserveBytes,
  waits,
  openTransport: async () =>
    new HubTransport({
      ...(await workbench.call("hub", {})),
      resolveProxy: (url) => workbench.call("proxy", { url }),
    }),
  onChange: changed,
  onArrived: () => {
    // Whoever waits for a model waits no longer than it takes.
    tellList();
    workbench.tell("arrived", {});
  },
});
let timer: NodeJS.Timeout | null = null;
let toldAt = 0;
/** At most four lists a second, and the last one always. */
function changed(): void {
  timer ??= setTimeout(tellList, Math.max(0, tellEveryMs - (performance.now() - toldAt)));
}

function tellList(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  toldAt = performance.now();
  workbench.tell("changed", { downloads: queue.list() });
}

let tickedAt = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - tickedAt > waits.sleptMs) queue.wake();
  tickedAt = now;
  // Seconds without a byte count up without an event of their own.
  if (queue.isActive) changed();
}, 1000);

await queue.findLeftOvers();
const workbench = new PortCalls<DownloadNews, DownloadOperations>(parentPort, queue);
