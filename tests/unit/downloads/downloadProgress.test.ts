import { expect, test } from "vitest";
import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";
import { downloadProgress, endedSince } from "../../../electron/workbench/downloads/downloadProgress.ts";

const problem = { code: "hub-unreachable" } as const;

function download(id: string, status: DownloadStatus, receivedBytes = 0, sizeBytes: number | null = 100): Download {
  const file = { repo: "owner/name", revision: "main", path: `${id}.gguf` };
  const flow = { bytesPerSecond: null, secondsLeft: null };
  return {
    id,
    name: id,
    file,
    component: null,
    commit: null,
    parts: 1,
    sizeBytes,
    receivedBytes,
    ...flow,
    restarted: null,
    status,
  };
}
const running: DownloadStatus = { state: "running", quietSeconds: 0 };
const done: DownloadStatus = { state: "done", path: "a.gguf", sha256: "", verified: true };

test("no bar is shown if there is no download", () => {
  expect(downloadProgress([])).toEqual({ fraction: -1, mode: "none" });
  expect(downloadProgress([download("a", done, 100), download("b", { state: "queued", position: 1 })])).toEqual({
    fraction: -1,
    mode: "none",
  });
});

test("running and waiting downloads share one bar; those paused by the user are left out", () => {
  const paused: DownloadStatus = { state: "paused", reason: "user", problem: null };
  const list = [
    download("a", running, 50),
    download("b", { state: "queued", position: 1 }, 0),
    download("c", paused, 90),
    download("d", done, 100),
  ];
  expect(downloadProgress(list)).toEqual({ fraction: 0.25, mode: "normal" });
});

test("without a size the bar is indeterminate, and bytes above the size do not exceed its end", () => {
  expect(downloadProgress([download("a", { state: "starting" }, 0, null)]).mode).toBe("indeterminate");
  expect(downloadProgress([download("a", running, 120)]).fraction).toBe(1);
});

test("a full disk shows as an error", () => {
  expect(downloadProgress([download("a", { state: "paused", reason: "disk-full", problem }, 10)]).mode).toBe("error");
});

test("an end is reported once, also of what began since, and not for downloads that had ended before", () => {
  const before = [download("a", running, 99), download("b", running, 1), download("old", done, 100)];
  const after = [download("a", done, 100), download("b", { state: "failed", problem }, 1), download("old", done, 100)];
  expect(endedSince(before, after)).toEqual([
    { name: "a", news: "verified" },
    { name: "b", news: problem },
  ]);
  expect(endedSince(after, after)).toEqual([]);
  expect(endedSince(null, after)).toEqual([]);
  // Small ones begin and end between two lists.
  expect(endedSince([download("old", done, 100)], after).map(({ name }) => name)).toEqual(["a", "b"]);
});

test("a full disk is reported; a pause by the user is not", () => {
  const before = [download("a", running), download("b", running)];
  const after = [
    download("a", { state: "paused", reason: "disk-full", problem: null }),
    download("b", { state: "paused", reason: "user", problem: null }),
  ];
  expect(endedSince(before, after).map(({ name }) => name)).toEqual(["a"]);
});
