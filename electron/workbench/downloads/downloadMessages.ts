import type { Download, HubFile } from "../../contract/downloads.ts";
import type { Problem } from "../../contract/errors.ts";

/** What the download thread can be asked. */
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
export type DownloadOperation = keyof DownloadOperations;
export type DownloadParams<Op extends DownloadOperation> =
  Parameters<DownloadOperations[Op]> extends [infer Params] ? Params : Record<string, never>;
export type DownloadResult<Op extends DownloadOperation> = ReturnType<DownloadOperations[Op]>;

/** What the thread needs to know of the hub, asked anew for each download. */
export interface HubSecrets {
  endpoint: string;
  token: string | null;
}

export type ToDownloadThread =
  | {
      [Op in DownloadOperation]: { type: "command"; id: number; operation: Op; params: DownloadParams<Op> };
    }[DownloadOperation]
  | { type: "hub"; askId: number; answer: HubSecrets | Problem }
  | { type: "proxy"; askId: number; answer: string };

export type FromDownloadThread =
  | { type: "result"; id: number; value: DownloadResult<DownloadOperation> }
  | { type: "failed"; id: number; problem: Problem }
  | { type: "changed"; downloads: Download[] }
  /** A model came into the library. */
  | { type: "arrived" }
  | { type: "askHub"; askId: number }
  | { type: "askProxy"; askId: number; url: string };

/** What the thread is started with. */
export interface DownloadThreadData {
  modelsFolder: string;
  bytesPerSecond: number | null;
  reserveBytes: number;
  firstRetryMs: number | null;
}
