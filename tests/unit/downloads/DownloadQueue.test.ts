import { expect, test, vi } from "vitest";
import { DownloadQueue } from "../../../electron/workbench/downloads/DownloadQueue.ts";
import { RateLimit } from "../../../electron/workbench/downloads/RateLimit.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const params = (name: string) => ({
  file: { repo: "owner/name", revision: "main", path: `${name}.gguf` },
  acceptUnverified: false,
});

test("while the first still asks for the hub's address, no other starts, and it does not start twice", async () => {
  const waiting: (() => void)[] = [];
  const queue = new DownloadQueue({
    modelsFolder: await temporaryFolder(),
    limit: new RateLimit(null),
    reserveBytes: 0,
    firstRetryMs: undefined,
    openTransport: () => new Promise((_resolve, reject) => waiting.push(() => reject(new Error("no address")))),
    onChange: () => undefined,
    onArrived: () => undefined,
  });
  const states = () => queue.list().map(({ name, status }) => `${name} ${status.state}`);
  const first = await queue.start(params("first"));
  await queue.start(params("second"));
  await queue.start(params("first"));
  queue.resume({ downloadId: first.id });
  expect(states()).toEqual(["first starting", "second queued"]);
  expect(queue.isActive).toBe(true);
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  await vi.waitFor(() => expect(states()).toEqual(["second starting", "first failed"]));
  expect(waiting).toHaveLength(2);
  waiting[1]?.();
  await vi.waitFor(() => expect(queue.isActive).toBe(false));
});
