import type { Download, HubFile } from "../../contract/downloads.ts";
import type { DownloadWaits } from "./downloadWaits.ts";

/** What the download worker answers. */
export interface DownloadOperations {
  list(): Download[];
  start(params: { file: HubFile; acceptUnverified: boolean }): Download;
  pause(params: { downloadId: string }): null;
  resume(params: { downloadId: string }): null;
  cancel(params: { downloadId: string }): null;
  move(params: { downloadId: string; position: number }): null;
  limit(params: { bytesPerSecond: number | null }): null;
  /** Answered when everything received is on the disk with its receipt. */
  close(): null;
}

/** What the worker needs to know of the hub, asked anew for each download. */
export interface HubSecrets {
  endpoint: string;
  token: string | null;
}

/** What the worker tells the workbench and asks it. */
export interface DownloadNews {
  changed(params: { downloads: Download[] }): void;
  /** A model came into the library. */
  arrived(): void;
  /** Fails as `Hub.access` does. */
  hub(): HubSecrets;
  /** The operating system's proxies for a URL, as a PAC file answers. */
  proxy(params: { url: string }): string;
}

/** What the worker is started with. */
export interface DownloadWorkerData {
  modelsFolder: string;
  bytesPerSecond: number | null;
  reserveBytes: number;
  waits: DownloadWaits;
}
