import type { Download, HubFile } from "../../electron/contract/downloads.ts";

/** Returns whether a download fetches this file from the hub. */
export function isDownloadOf(download: Download, { file }: { file: HubFile }): boolean {
  return download.file?.repo === file.repo && download.file.path === file.path;
}
