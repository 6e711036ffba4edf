import { expect, test, vi } from "vitest";
import { downloadsCalls } from "../../../electron/contract/downloads.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { hubCalls } from "../../../electron/contract/hub.ts";
import { usualWaits } from "../../../electron/workbench/downloads/downloadWaits.ts";
import { DownloadQueue } from "../../../electron/workbench/downloads/DownloadQueue.ts";
import { RateLimit } from "../../../electron/workbench/downloads/RateLimit.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const params = (name: string) => ({
  file: { repo: "owner/name", revision: "main", path: `${name}.gguf` },
  acceptUnverified: false,
});

/** Opens a queue whose hub has no address. Each call of `refuse` rejects the first request for it. */
async function openQueue(modelsFolder?: string, isOffline = false) {
  const asking: ((error?: Error) => void)[] = [];
  const folder = modelsFolder ?? (await temporaryFolder());
  const queue = new DownloadQueue({
    home: folder,
    modelsFolder: folder,
    releases: [],
    limit: new RateLimit(null),
    reserveBytes: 0,
    waits: usualWaits,
    openTransport: () =>
      new Promise((_resolve, reject) => asking.push((error = new Error("no address")) => reject(error))),
    isOffline: () => isOffline,
    applyNetwork: () => undefined,
    onChange: () => undefined,
    onArrived: () => undefined,
  });
  const states = () => queue.list().map(({ name, status }) => `${name} ${status.state}`);
  const refuse = (error?: Error): void => asking.shift()?.(error);
  return { queue, folder, states, refuse, asking };
}

test("while the first still waits for the hub's address, no other starts, and it does not start twice", async () => {
  const { queue, states, refuse, asking } = await openQueue();
  const first = await queue.start(params("first"));
  await queue.start(params("second"));
  await queue.start(params("first"));
  queue.resume({ downloadId: first.id });
  expect(states()).toEqual(["first starting", "second queued"]);
  expect(queue.isActive).toBe(true);
  expect(asking).toHaveLength(1);
  refuse();
  await vi.waitFor(() => expect(states()).toEqual(["second starting", "first failed"]));
  expect(asking).toHaveLength(1);
  refuse();
  await vi.waitFor(() => expect(queue.isActive).toBe(false));
});

test("a file that is requested twice at once is one download", async () => {
  const { queue, states, refuse } = await openQueue();
  const both = await Promise.all([queue.start(params("one")), queue.start(params("one"))]);
  expect(both[0].id).toBe(both[1].id);
  expect(states()).toEqual(["one starting"]);
  refuse();
  await vi.waitFor(() => expect(queue.isActive).toBe(false));
});

test("a download that is stopped in its turn is paused, not failed, and the next one starts", async () => {
  const { queue, states, refuse } = await openQueue();
  const { id: downloadId } = await queue.start(params("first"));
  await queue.start(params("second"));
  const paused = queue.pause({ downloadId });
  refuse();
  await paused;
  expect(states()).toEqual(["first paused", "second starting"]);
  queue.resume({ downloadId });
  expect(states()).toEqual(["first queued", "second starting"]);
  const cancelled = queue.cancel({ downloadId: queue.list()[1]?.id ?? "" });
  refuse();
  await cancelled;
  expect(states()).toEqual(["first starting"]);
  refuse();
  await vi.waitFor(() => expect(states()).toEqual(["first failed"]));
});

test("waiting downloads are left over for the next session, which starts none of them", async () => {
  const { queue, folder, refuse } = await openQueue();
  await queue.start(params("first"));
  await queue.start(params("second"));
  const closed = queue.close();
  refuse();
  await closed;
  const next = await openQueue(folder);
  await next.queue.findLeftOvers();
  const left = next.queue.list().toSorted((a, b) => a.name.localeCompare(b.name));
  expect(left).toMatchObject([
    { name: "first", status: { state: "paused", reason: "left-over" } },
    { name: "second", status: { state: "paused", reason: "left-over" } },
  ]);
  expect(next.asking).toEqual([]);
});

test.each([
  ["a", "main", "b", "hub-not-found", { case: "notARepo", name: "a" }],
  ["", "main", "b.gguf", "hub-not-found", { case: "notARepo", name: "" }],
  [`o/${"r".repeat(300)}`, "main", "b.gguf", "hub-not-found", { case: "notARepo", name: `o/${"r".repeat(118)}` }],
  ["o/r", "", "b.gguf", "hub-not-found", { case: "notARevision", name: "" }],
  ["o/r", "v".repeat(300), "b.gguf", "hub-not-found", { case: "notARevision", name: "v".repeat(120) }],
  ["o/r", "main", "f".repeat(3000), "download-name-refused", { case: "name", name: "f".repeat(120) }],
  ["o/r", "main", "", "download-name-refused", { case: "name", name: "" }],
])("a name that cannot be one is refused with what is wrong: %.9s, %.9s, %.9s", async (...row) => {
  const [repo, revision, path, code, facts] = row;
  const { queue, states } = await openQueue();
  const input = downloadsCalls["downloads.start"].input.parse({ file: { repo, revision, path } });
  await expect(queue.start(input)).rejects.toMatchObject({ code, facts });
  expect(states()).toEqual([]);
  expect(hubCalls["hub.listing"].input.safeParse({ repo, revision }).success).toBe(true);
});

test("Offline pauses what runs and what waits, and only that is resumed when it is turned off", async () => {
  const { queue, states, refuse } = await openQueue();
  await queue.start(params("first"));
  await queue.start(params("second"));
  const third = await queue.start(params("third"));
  await queue.pause({ downloadId: third.id });
  await queue.offline({ isOffline: true, isForced: false });
  refuse(new WorkbenchError("offline"));
  await vi.waitFor(() => expect(queue.isActive).toBe(false));
  expect(queue.list().map(({ status }) => status)).toEqual([
    { state: "paused", reason: "offline", problem: null },
    { state: "paused", reason: "offline", problem: null },
    { state: "paused", reason: "user", problem: null },
  ]);
  await queue.offline({ isOffline: false, isForced: false });
  expect(states()).toEqual(["first starting", "second queued", "third paused"]);
  refuse();
  refuse();
});

test("what Offline paused resumes when it is turned off after a restart; what the user paused does not", async () => {
  const before = await openQueue();
  await before.queue.start(params("first"));
  await before.queue.start(params("second"));
  const third = await before.queue.start(params("third"));
  await before.queue.pause({ downloadId: third.id });
  await before.queue.offline({ isOffline: true, isForced: false });
  before.refuse(new WorkbenchError("offline"));
  await vi.waitFor(() => expect(before.queue.isActive).toBe(false));
  await before.queue.close();

  const after = await openQueue(before.folder, true);
  await after.queue.findLeftOvers();
  expect(after.queue.list().map(({ status }) => "reason" in status && status.reason)).toEqual([
    "offline",
    "offline",
    "left-over",
  ]);
  await after.queue.offline({ isOffline: false, isForced: false });
  expect(after.states()).toEqual(["first starting", "second queued", "third paused"]);

  // Nothing starts by itself where Offline was turned off in between.
  const online = await openQueue(before.folder);
  await online.queue.findLeftOvers();
  expect(online.states()).toEqual(["first paused", "second paused", "third paused"]);
});
