import { type Problem, problemOf } from "../../contract/errors.ts";
import type { Download } from "../../contract/downloads.ts";

/** What a taskbar icon shows. `fraction` is -1 if there is nothing to show, as in Electron's API. */
export interface TaskbarProgress {
  fraction: number;
  mode: "none" | "normal" | "indeterminate" | "error" | "paused";
}

const active = new Set(["starting", "running", "retrying", "verifying", "installing"]);

/**
 * Returns the progress of all downloads that will end without the user, as one bar: received bytes over total bytes.
 */
export function downloadProgress(downloads: readonly Download[]): TaskbarProgress {
  const wanted = downloads.filter(({ status }) => active.has(status.state) || status.state === "queued");
  const running = wanted.filter(({ status }) => active.has(status.state));
  if (running.length === 0) {
    const troubled = downloads.some(({ status }) => status.state === "paused" && status.reason === "disk-full");
    return troubled ? { fraction: 1, mode: "error" } : { fraction: -1, mode: "none" };
  }
  const sized = wanted.filter((download) => download.sizeBytes !== null);
  const sizeBytes = sized.reduce((sum, download) => sum + (download.sizeBytes ?? 0), 0);
  // Electron shows a fraction above 1 as an indeterminate bar.
  if (sizeBytes === 0) return { fraction: 2, mode: "indeterminate" };
  const receivedBytes = sized.reduce((sum, download) => sum + download.receivedBytes, 0);
  return { fraction: Math.min(1, receivedBytes / sizeBytes), mode: "normal" };
}

interface DownloadNews {
  name: string;
  news: "verified" | "done" | Problem;
}

/**
 * Returns the downloads that were completed, failed or stopped by a full disk since the previous list, each once, also those
 * that were not in that one because they began since. Null: there was none, and nothing is known to have ended.
 */
export function endedSince(before: readonly Download[] | null, downloads: readonly Download[]): DownloadNews[] {
  if (before === null) return [];
  const stateBefore = new Map(before.map(({ id, status }) => [id, status.state]));
  return downloads.flatMap(({ id, name, status }): DownloadNews[] => {
    const known = stateBefore.get(id);
    // Already reported.
    if (known === status.state) return [];
    if (status.state === "done") return [{ name, news: status.verified ? "verified" : "done" }];
    if (status.state === "failed") return [{ name, news: status.problem }];
    if (status.state === "paused" && status.reason === "disk-full") {
      return [{ name, news: status.problem ?? problemOf("download-disk-full") }];
    }
    return [];
  });
}
