import { parentPort, workerData } from "node:worker_threads";
import { componentTitles } from "../../contract/componentNames.ts";
import { releaseOf } from "../components/releaseOf.ts";
import { modelNameOf } from "../hub/hubPaths.ts";
import { HubTransport } from "../hub/HubTransport.ts";
import type { NetworkAccess } from "../network/NetworkAccess.ts";
import { Signal } from "../Signal.ts";
import { PortCalls } from "../workers/PortCalls.ts";
import type { DownloadNews, DownloadOperations, DownloadWorkerData } from "./downloadOperations.ts";
import { DownloadQueue } from "./DownloadQueue.ts";
import { RateLimit } from "./RateLimit.ts";

/*
 * The worker thread of the downloads, so that hashing and writing a gigabyte per second blocks nothing else. It keeps
 * secrets no longer than a download runs, and requests the hub's address and the system's proxies from the workbench.
 */
if (parentPort === null) throw new Error("This file is a worker.");
const { home, releases, modelsFolder, bytesPerSecond, reserveBytes, waits, network } = workerData as DownloadWorkerData;
const sendEveryMs = 250;

const turnedOffline = new Signal<void>();
let networkState = network;
const access: NetworkAccess = {
  state: () => networkState,
  onOffline: (listener) => turnedOffline.on(listener),
  record: (connection) => workbench.send("connection", { connection }),
};

const queue = new DownloadQueue({
  home,
  releases,
  modelsFolder,
  limit: new RateLimit(bytesPerSecond),
  reserveBytes,
  waits,
  openTransport: async ({ file, component }) => {
    const proxied = { network: access, resolveProxy: (url: string) => workbench.call("proxy", { url }) };
    if (file === null) {
      const { name, base } = releaseOf(releases, component);
      const reason = { code: "component", facts: { name: componentTitles[name] } } as const;
      return new HubTransport({ ...proxied, endpoint: base, token: null, reason });
    }
    const { repo, path } = file;
    const { model, ...hub } = await workbench.call("hub", { repo, path });
    const name = modelNameOf(path).slice(0, 300);
    return new HubTransport({
      ...hub,
      ...proxied,
      reason: { code: "download", facts: model === null ? { name } : { case: "inCatalogue", name, model } },
    });
  },
  isOffline: () => networkState.isOffline,
  applyNetwork: (state) => {
    networkState = state;
    if (state.isOffline) turnedOffline.emit();
  },
  onChange: changed,
  onArrived: (component) => {
    // Reported at once, so that anything waiting for it can continue.
    sendList();
    workbench.send("arrived", { component });
  },
});
let timer: NodeJS.Timeout | null = null;
let toldAt = 0;
/** Reports the list at most four times a second, and always after the last change. */
function changed(): void {
  timer ??= setTimeout(sendList, Math.max(0, sendEveryMs - (performance.now() - toldAt)));
}

function sendList(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  toldAt = performance.now();
  workbench.send("changed", { downloads: queue.list() });
}

let tickedAt = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - tickedAt > waits.sleptMs) queue.wake();
  tickedAt = now;
  // The seconds without data increase without an event of their own.
  if (queue.isActive) changed();
}, 1000);

await queue.findLeftOvers();
const workbench = new PortCalls<DownloadNews, DownloadOperations>(parentPort, queue);
