import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { WorkerClient } from "../../../electron/workbench/workers/WorkerClient.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

interface Operations {
  count(): number;
  crash(): null;
  hang(): null;
  close(): null;
}

/** Counts its calls, crashes or hangs when told to, and sends a message before it closes. */
const source = `
import { parentPort } from "node:worker_threads";
let count = 0;
parentPort.on("message", ({ id, name }) => {
  if (name === "crash") throw new Error("told to");
  while (name === "hang");
  if (name === "close") parentPort.postMessage({ type: "call", id: null, name: "closing", params: {} });
  parentPort.postMessage({ type: "result", id, value: name === "count" ? ++count : null });
});
`;

async function open(closeWithinMs = 60_000) {
  const path = join(await temporaryFolder(), "worker.mjs");
  writeFileSync(path, source);
  const told: string[] = [];
  const client = new WorkerClient<Operations, { closing(): void }>({
    path,
    start: () => ({ env: {} }),
    answers: { closing: () => void told.push("closing") },
    ended: (cause) => new WorkbenchError("internal", undefined, cause),
    closed: () => new WorkbenchError("store-failed", { case: "closed" }),
    onCrash: () => void told.push("crash"),
    closeWithinMs,
  });
  onTestFinished(() => client.close());
  return { client, told };
}

it("the worker starts with the first call and again after a crash, which rejects pending calls", async () => {
  const { client, told } = await open();
  expect(client.isRunning).toBe(false);
  expect(await client.request("count", {})).toBe(1);
  expect(await client.request("count", {})).toBe(2);
  const crashed = client.request("crash", {});
  const waiting = client.request("count", {});
  await expect(crashed).rejects.toMatchObject({ code: "internal", detail: "told to" });
  await expect(waiting).rejects.toMatchObject({ code: "internal" });
  expect(told).toEqual(["crash"]);
  expect(client.isRunning).toBe(false);
  expect(await client.request("count", {})).toBe(1);
});

it("the worker is asked to close, after which no calls are made", async () => {
  const { client, told } = await open();
  await client.request("count", {});
  await client.close();
  expect(told).toEqual(["closing"]);
  expect(client.isRunning).toBe(false);
  await expect(client.request("count", {})).rejects.toMatchObject({ code: "store-failed", facts: { case: "closed" } });
  await client.close();
});

it("a worker that never ran is not started in order to close it", async () => {
  const { client, told } = await open();
  await client.close();
  expect(told).toEqual([]);
});

it("a worker that does not answer any more is ended", async () => {
  const { client } = await open(100);
  const hanging = client.request("hang", {});
  const ended = expect(hanging).rejects.toMatchObject({ code: "internal" });
  await client.close();
  await ended;
  expect(client.isRunning).toBe(false);
});
