import type { Download } from "../../contract/downloads.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import type { ResolveProxy } from "../hub/proxyAddress.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { DownloadNews, DownloadOperations, DownloadWorkerData, HubSecrets } from "./downloadOperations.ts";
import { type DownloadWaits, usualWaits } from "./downloadWaits.ts";

export interface DownloadsClientOptions {
  /** The built worker file. */
  workerPath: string;
  modelsFolder: string;
  bytesPerSecond: () => number | null;
  /** Fails with `hub-address-invalid`. */
  hub: () => Promise<HubSecrets>;
  resolveProxy?: ResolveProxy | undefined;
  onChanged: (downloads: Download[]) => void;
  onArrived: () => void;
  /** Left free on the disk; for tests. */
  reserveBytes?: number | undefined;
  /** For tests. */
  waits?: Partial<DownloadWaits> | undefined;
}

const usualReserveBytes = 1_000_000_000;
/** The worker opens connections itself. It gets the hub's token with each download and not from here. */
const forConnections = /^(https?_proxy|no_proxy|ssl_cert_file|ssl_cert_dir|node_extra_ca_certs)$/i;

function downloadEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const proxies = Object.entries(parent).filter(([name]) => forConnections.test(name));
  return { ...childEnvironment(parent), ...Object.fromEntries(proxies) };
}

/**
 * How the workbench asks the download worker. If that dies, what is on the disk stays; the next request starts another
 * one, which finds it as left over.
 */
export class DownloadsClient extends WorkerClient<DownloadOperations, DownloadNews> {
  constructor({
    workerPath,
    modelsFolder,
    bytesPerSecond,
    hub,
    resolveProxy,
    onChanged,
    onArrived,
    reserveBytes = usualReserveBytes,
    waits,
  }: DownloadsClientOptions) {
    super({
      path: workerPath,
      start: () => {
        const data = {
          modelsFolder,
          bytesPerSecond: bytesPerSecond(),
          reserveBytes,
          waits: { ...usualWaits, ...waits },
        };
        return { workerData: data satisfies DownloadWorkerData, env: downloadEnvironment(process.env) };
      },
      answers: {
        changed: ({ downloads }) => onChanged(downloads),
        arrived: () => onArrived(),
        hub,
        proxy: async ({ url }) => (await resolveProxy?.(url).catch(() => null)) ?? "DIRECT",
      },
      ended: (cause) => new WorkbenchError("internal", undefined, cause),
      closed: () => new WorkbenchError("internal", undefined, "The app is closing."),
      // What ran is found again as left over.
      onCrash: () => void this.request("list", {}).then(onChanged, () => undefined),
    });
  }

  /** A limit holds at once; without a worker there is nothing to limit. */
  limit(bytesPerSecond: number | null): void {
    if (this.isRunning) void this.request("limit", { bytesPerSecond }).catch(() => undefined);
  }
}
