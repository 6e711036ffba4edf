import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";

/** Returns a download of a quarter of 4.68 GB, of `owner/GGUF`, as the workbench would send it. */
export function sampleDownload(status: DownloadStatus, more: Partial<Download> = {}): Download {
  return {
    id: "d1",
    name: "seven-Q4_K_M",
    file: { repo: "owner/GGUF", revision: "main", path: "seven-Q4_K_M.gguf" },
    component: null,
    commit: null,
    parts: 1,
    sizeBytes: 4.68e9,
    receivedBytes: 1.17e9,
    bytesPerSecond: 23.1e6,
    secondsLeft: 152,
    restarted: null,
    status,
    ...more,
  };
}

/** Returns a download of 38 % of 1,000 bytes, named "Model" and its id. */
export function smallDownload(id: string, status: DownloadStatus, more: Partial<Download> = {}): Download {
  return sampleDownload(status, {
    id,
    name: `Model ${id}`,
    file: { repo: "a/b", revision: "main", path: `${id}.gguf` },
    sizeBytes: 1000,
    receivedBytes: 380,
    ...more,
  });
}
