import type { ComponentName } from "../../contract/componentNames.ts";
import type { Download, HubFile } from "../../contract/downloads.ts";
import type { Connection, NetworkState } from "../../contract/network.ts";
import type { ComponentRelease } from "../components/ComponentRelease.ts";
import type { DownloadWaits } from "./downloadWaits.ts";

/** The operations of the download worker. */
export interface DownloadOperations {
  list(): Download[];
  start(params: { file: HubFile; acceptUnverified: boolean }): Download;
  startComponent(params: { name: ComponentName }): Download;
  pause(params: { downloadId: string }): null;
  resume(params: { downloadId: string }): null;
  cancel(params: { downloadId: string }): null;
  move(params: { downloadId: string; position: number }): null;
  limit(params: { bytesPerSecond: number | null }): null;
  /** Tells that Offline was turned on or off. */
  offline(params: NetworkState): null;
  /** Resolves once everything received is on the disk with its receipt. */
  close(): null;
}

/** What the worker needs to know about the hub. Requested again for each download. */
export interface HubSecrets {
  endpoint: string;
  token: string | null;
}

/** What the worker must know before a download connects. */
export interface DownloadAccess extends HubSecrets {
  /** The catalogue's name of the model, or null if it has none. */
  model: string | null;
}

/** Events and requests that the worker sends to the workbench. */
export interface DownloadNews {
  changed(params: { downloads: Download[] }): void;
  /** A model was added to the library, or a component installed. */
  arrived(params: { component: ComponentName | null }): void;
  /** Rejects with the same errors as `Hub.access`. */
  hub(params: Pick<HubFile, "repo" | "path">): DownloadAccess;
  /** Returns the operating system's proxies for a URL, in PAC format. */
  proxy(params: { url: string }): string;
  /** Connections to be recorded. */
  connection(params: { connection: Connection }): void;
}

/** The data that the worker is started with. */
export interface DownloadWorkerData {
  home: string;
  releases: readonly ComponentRelease[];
  modelsFolder: string;
  bytesPerSecond: number | null;
  reserveBytes: number;
  network: NetworkState;
  waits: DownloadWaits;
}
