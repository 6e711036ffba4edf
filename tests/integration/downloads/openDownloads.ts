import type { ComponentRelease } from "../../../electron/workbench/components/ComponentRelease.ts";
import type { DownloadWaits } from "../../../electron/workbench/downloads/downloadWaits.ts";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { DownloadsClient } from "../../../electron/workbench/downloads/DownloadsClient.ts";
import { type HubFileOptions, type HubServer, startHubServer } from "../../support/hub/hubServer.mjs";
import { testNetwork, type TestNetwork } from "../../support/testNetwork.ts";

const { downloadWorker } = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));

export interface TestDownloads {
  client: DownloadsClient;
  modelsFolder: string;
  /** Every state reported, in order. */
  told: Download[];
  /** The last state reported each time the library was told of a new model. */
  arrivedAs: (DownloadStatus["state"] | undefined)[];
  /** Queues a file and waits until it ends, however it ends. */
  network: TestNetwork;
  run: (path: string, acceptUnverified?: boolean) => Promise<Download>;
  /** Resolves with the next reported download that matches. */
  until: (wanted: (download: Download) => boolean) => Promise<Download>;
}

export async function openHub(files: Record<string, HubFileOptions>, more: object = {}): Promise<HubServer> {
  const hub = await startHubServer({ files, ...more });
  onTestFinished(() => hub.close());
  return hub;
}

const over = new Set<DownloadStatus["state"]>(["done", "failed", "paused"]);

export interface TestOptions {
  releases?: readonly ComponentRelease[];
  token?: string | null;
  reserveBytes?: number;
  bytesPerSecond?: number | null;
  waits?: Partial<DownloadWaits>;
  /** An address other than the hub's own. */
  endpoint?: string;
  resolveProxy?: (url: string) => Promise<string>;
}

/** Opens the built download thread against the tests' hub. */
export function openDownloads(hub: HubServer, home: string, more: TestOptions = {}): TestDownloads {
  const {
    releases = [],
    token = null,
    reserveBytes = 0,
    bytesPerSecond = null,
    waits,
    endpoint = hub.endpoint,
    resolveProxy,
  } = more;
  const modelsFolder = join(home, "models");
  const told: Download[] = [];
  const arrivedAs: TestDownloads["arrivedAs"] = [];
  const waiting = new Set<(download: Download) => void>();
  const network = testNetwork();
  const client = new DownloadsClient({
    workerPath: downloadWorker,
    home,
    modelsFolder,
    releases,
    network,
    bytesPerSecond: () => bytesPerSecond,
    hub: () => Promise.resolve({ endpoint, token }),
    nameOf: () => Promise.resolve(null),
    onChanged: (downloads) => {
      for (const download of downloads) {
        told.push(download);
        for (const look of waiting) look(download);
      }
    },
    onArrived: () => arrivedAs.push(told.at(-1)?.status.state),
    ...(resolveProxy === undefined ? {} : { resolveProxy }),
    reserveBytes,
    waits: { firstRetryMs: 5, ...waits },
  });
  onTestFinished(() => client.close());
  const until: TestDownloads["until"] = (wanted) =>
    new Promise((resolve) => {
      const look = (download: Download): void => {
        if (!wanted(download)) return;
        waiting.delete(look);
        resolve(download);
      };
      waiting.add(look);
    });
  return {
    client,
    network,
    modelsFolder,
    told,
    arrivedAs,
    until,
    async run(path, acceptUnverified = false) {
      const file = { repo: hub.repo, revision: "main", path };
      const { id } = await client.request("start", { file, acceptUnverified });
      return await until((download) => download.id === id && over.has(download.status.state));
    },
  };
}
