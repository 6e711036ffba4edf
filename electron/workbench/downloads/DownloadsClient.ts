import type { ComponentName } from "../../contract/componentNames.ts";
import type { Download } from "../../contract/downloads.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { NetworkState } from "../../contract/network.ts";
import type { ComponentRelease } from "../components/ComponentRelease.ts";
import type { CatalogNames } from "../catalog/catalogNames.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import { usualReserveBytes } from "../models/diskSpace.ts";
import type { NetworkAccess } from "../network/NetworkAccess.ts";
import type { ResolveProxy } from "../network/proxyAddress.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { DownloadNews, DownloadOperations, DownloadWorkerData, HubSecrets } from "./downloadOperations.ts";
import { type DownloadWaits, usualWaits } from "./downloadWaits.ts";

export interface DownloadsClientOptions {
  /** The built worker file. */
  workerPath: string;
  home: string;
  modelsFolder: string;
  releases: readonly ComponentRelease[];
  bytesPerSecond: () => number | null;
  /** Rejects with `hub-address-invalid`. */
  hub: () => Promise<HubSecrets>;
  nameOf: CatalogNames;
  resolveProxy?: ResolveProxy | undefined;
  network: Pick<NetworkAccess, "state" | "record">;
  onChanged: (downloads: Download[]) => void;
  onArrived: (component: ComponentName | null) => void;
  /** For tests: number of bytes to leave free on the disk. */
  reserveBytes?: number | undefined;
  /** For tests: shorter waits. */
  waits?: Partial<DownloadWaits> | undefined;
}

/**
 * Environment variables that the worker needs to open connections itself. The hub's token is passed with each download
 * instead.
 */
const forConnections = /^(https?_proxy|no_proxy|ssl_cert_file|ssl_cert_dir|node_extra_ca_certs)$/i;

function downloadEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const proxies = Object.entries(parent).filter(([name]) => forConnections.test(name));
  return { ...childEnvironment(parent), ...Object.fromEntries(proxies) };
}

/**
 * The workbench's client of the download worker. If the worker dies, the data on the disk stays; the next request
 * starts a new worker, which lists it as left over.
 */
export class DownloadsClient extends WorkerClient<DownloadOperations, DownloadNews> {
  constructor(options: DownloadsClientOptions) {
    const { workerPath, home, modelsFolder, releases, hub, nameOf, resolveProxy, network, onChanged, onArrived } =
      options;
    const { reserveBytes = usualReserveBytes } = options;
    super({
      path: workerPath,
      start: () => {
        const waits = { ...usualWaits, ...options.waits };
        const bytesPerSecond = options.bytesPerSecond();
        const data = { home, releases, modelsFolder, bytesPerSecond, reserveBytes, waits, network: network.state() };
        return { workerData: data satisfies DownloadWorkerData, env: downloadEnvironment(process.env) };
      },
      answers: {
        changed: ({ downloads }) => onChanged(downloads),
        arrived: ({ component }) => onArrived(component),
        hub: async (file) => ({ ...(await hub()), model: await nameOf(file) }),
        proxy: async ({ url }) => (await resolveProxy?.(url).catch(() => null)) ?? "DIRECT",
        connection: ({ connection }) => network.record(connection),
      },
      ended: (cause) => new WorkbenchError("internal", undefined, cause),
      closed: () => new WorkbenchError("internal", undefined, "The app is closing."),
      // The running download is found again as left over.
      onCrash: () => void this.request("list", {}).then(onChanged, () => undefined),
    });
  }

  /** Removes the completed download of this file from the list. */
  async forget(path: string): Promise<void> {
    if (!this.isRunning) return;
    const list = await this.request("list", {});
    const ended = list.filter(({ status }) => status.state === "done" && status.path === path);
    await Promise.all(ended.map(({ id }) => this.request("cancel", { downloadId: id })));
  }

  /** Sets the rate limit, effective immediately. Without a worker there is nothing to limit. */
  limit(bytesPerSecond: number | null): void {
    if (this.isRunning) void this.request("limit", { bytesPerSecond }).catch(() => undefined);
  }

  /** Tells a running worker that Offline was turned on or off. */
  offline(state: NetworkState): void {
    if (this.isRunning) void this.request("offline", state).catch(() => undefined);
  }
}
