import { expect, test } from "vitest";
import { downloadRows } from "../../../renderer/app/downloadRows.ts";
import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";
import { smallDownload } from "./sampleDownload.ts";

const problem = { code: "hub-unreachable", message: "" } as const;

const download = (id: string, status: DownloadStatus, more: Partial<Download> = {}): Download =>
  smallDownload(id, status, {
    bytesPerSecond: null,
    secondsLeft: null,
    ...more,
  });
const running = (id: string, more: Partial<Download> = {}): Download =>
  download(id, { state: "running", quietSeconds: 0 }, { bytesPerSecond: 10, secondsLeft: 62, ...more });
const paused = (id: string): Download => download(id, { state: "paused", reason: "user", problem: null });

test("one download: its name, its share, its time", () => {
  expect(downloadRows([running("a")])).toEqual({
    underWay: {
      name: "Model a",
      hash: "#/models",
      count: 1,
      state: "running",
      fraction: 0.38,
      secondsLeft: 62,
      pausable: ["a"],
      resumable: [],
    },
    failed: [],
    done: [],
  });
});

test("several: their joint share of all bytes, and the time that is left for all of them", () => {
  const queued = download("b", { state: "queued", position: 1 }, { sizeBytes: 3000, receivedBytes: 20 });
  expect(downloadRows([queued, running("a")]).underWay).toEqual({
    name: null,
    hash: "#/models",
    count: 2,
    state: "running",
    fraction: 0.1,
    secondsLeft: 360,
    pausable: ["b", "a"],
    resumable: [],
  });
});

test("a size that is not known yet is left out of the share; with none known there is no share", () => {
  const starting = download("b", { state: "starting" }, { sizeBytes: null, receivedBytes: 0 });
  expect(downloadRows([running("a"), starting]).underWay?.fraction).toBe(0.38);
  expect(downloadRows([starting]).underWay).toMatchObject({ state: "starting", fraction: null, secondsLeft: null });
});

test.each<[string, DownloadStatus]>([
  ["without a byte for seconds", { state: "running", quietSeconds: 4 }],
  ["waiting to try again", { state: "retrying", attempt: 2, retryAt: 0, problem }],
])("a download %s is stalled, and tells no time", (_, status) => {
  expect(downloadRows([download("a", status, { secondsLeft: 9 })]).underWay).toMatchObject({
    state: "stalled",
    secondsLeft: null,
  });
});

test("while it is verified, its share is that of the verification", () => {
  const verifying = download("a", { state: "verifying", fraction: 0.71 }, { receivedBytes: 1000 });
  expect(downloadRows([verifying]).underWay).toMatchObject({ state: "verifying", fraction: 0.71 });
  expect(downloadRows([verifying, paused("b")]).underWay).toMatchObject({ state: "verifying", fraction: 0.69 });
});

test("what is paused can be resumed once nothing else is under way", () => {
  expect(downloadRows([running("a"), paused("b")]).underWay).toMatchObject({ pausable: ["a"], resumable: [] });
  expect(downloadRows([paused("a"), paused("b")]).underWay).toMatchObject({
    state: "paused",
    pausable: [],
    resumable: ["a", "b"],
  });
});

test("what waits for Offline resumes by itself: it can be neither paused nor resumed", () => {
  const waits = download("a", { state: "paused", reason: "offline", problem: null });
  expect(downloadRows([waits]).underWay).toMatchObject({ state: "offline", pausable: [], resumable: [] });
  expect(downloadRows([paused("b"), waits]).underWay).toMatchObject({ state: "offline", resumable: ["b"] });
  expect(downloadRows([waits, running("c")]).underWay).toMatchObject({ state: "running", pausable: ["c"] });
});

test("what has ended is told apart from what is under way", () => {
  const done = download("c", { state: "done", path: "/models/c.gguf", sha256: "", verified: true });
  const failed = download("d", { state: "failed", problem });
  const rows = downloadRows([running("a"), failed, done]);
  expect(rows.underWay?.count).toBe(1);
  expect(rows.failed).toEqual([failed]);
  expect(rows.done).toEqual([{ download: done, path: "/models/c.gguf" }]);
  expect(downloadRows([done]).underWay).toBeNull();
});
