import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test, vi } from "vitest";
import { StoreOwner } from "../../../electron/workbench/chats/StoreOwner.ts";
import { FileLock } from "../../../electron/workbench/home/FileLock.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const blocked = expect.objectContaining({ code: "file-blocked" }) as unknown as Error;

test("a lock that is held is distinguished from one that cannot be used", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const held = FileLock.take(path);
  expect(FileLock.take(path)).toBeNull();
  held?.release();
  FileLock.take(path)?.release();
  await writeFile(path, "no database ".repeat(500));
  expect(() => FileLock.take(path)).toThrow(blocked);
});

test.skipIf(process.platform === "win32").each(["lock", "lock-journal", "lock-wal"])(
  "a pipe as %s does not make anything wait",
  async (name) => {
    const folder = join(await temporaryFolder(), "benchmarks");
    await mkdir(folder);
    execFileSync("mkfifo", [join(folder, name)]);
    expect(() => FileLock.take(join(folder, "lock"))).toThrow(blocked);
  },
);

const token = vi.hoisted(() => ({ next: null as string | null }));
vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  return { ...crypto, randomUUID: () => token.next ?? crypto.randomUUID() };
});

test("an owner of the store that is looked at while it begins waits for its lock", async () => {
  const folder = await temporaryFolder();
  token.next = "0b0e9c6e-9d1f-4c3e-8a57-000000000000";
  const path = join(folder, `${token.next}.owner`);
  // As a process that looks whether the file is locked, at the worst moment.
  const looking = new Worker(
    `const { parentPort } = require("node:worker_threads");
     const { DatabaseSync } = require(${JSON.stringify(createRequire(import.meta.url).resolve("@photostructure/sqlite"))});
     const database = new DatabaseSync(${JSON.stringify(path)});
     database.exec("BEGIN EXCLUSIVE");
     parentPort.postMessage("taken");
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
     database.close();`,
    { eval: true },
  );
  const ended = new Promise((resolve) => looking.once("exit", resolve));
  await new Promise((resolve) => looking.once("message", resolve));
  const owner = new StoreOwner(folder);
  await ended;
  expect(FileLock.take(path)).toBeNull();
  owner.release(true);
});
