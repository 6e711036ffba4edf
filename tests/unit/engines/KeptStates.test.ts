import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { KeptStates } from "../../../electron/workbench/engines/KeptStates.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const key = "a".repeat(64);
const saved = { tokens: 40, sizeBytes: 100, sha256: "b".repeat(64), ms: 1 };

let home: string;
let limitBytes: number;
let freeBytes: number;
beforeEach(async () => {
  home = await temporaryFolder();
  limitBytes = 250;
  freeBytes = 50e9;
});

const open = () => new KeptStates({ home, limitBytes: () => limitBytes, freeBytes: () => Promise.resolve(freeBytes) });
/** After any other process must have finished its files. In milliseconds since 1970. */
const later = Date.now() + 11 * 60_000;
const files = (): string[] => (existsSync(join(home, "state")) ? readdirSync(join(home, "state")).toSorted() : []);

/** Keeps the state of a chat, as the engine would have written it. */
async function keep(kept: KeptStates, chat: string, sizeBytes = 100): Promise<void> {
  const path = (await kept.newFile(chat)) ?? "";
  writeFileSync(path, chat.repeat(sizeBytes), { mode: 0o600 });
  await kept.keep(chat, key, path, { ...saved, sizeBytes });
}

/** Takes a state and says that it was loaded. */
async function load(kept: KeptStates, chat: string): Promise<boolean> {
  const taken = await kept.take(chat, key);
  if (taken !== null) await kept.loaded(chat);
  return taken !== null;
}

test("a state is found by its chat and key only", async () => {
  const kept = open();
  await keep(kept, "one");
  expect(await kept.take("two", key)).toBeNull();
  expect(await load(kept, "one")).toBe(true);
  expect(await kept.use()).toEqual({ chats: 1, sizeBytes: 100 });
  expect(await kept.take("one", "c".repeat(64))).toBeNull();
  // The model may be loaded with those settings again.
  expect(await load(kept, "one")).toBe(true);
});

test("what has not been used for longest is deleted first", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1000 });
  const kept = open();
  await keep(kept, "one");
  vi.setSystemTime(2000);
  await keep(kept, "two");
  vi.setSystemTime(3000);
  await load(kept, "one");
  vi.setSystemTime(4000);
  await keep(kept, "three");
  vi.useRealTimers();
  expect([await load(kept, "one"), await load(kept, "two"), await load(kept, "three")]).toEqual([true, false, true]);
  limitBytes = 0;
  await kept.trim();
  expect(files()).toEqual([]);
});

test("a chat has one state, the newest", async () => {
  const kept = open();
  await keep(kept, "one");
  await keep(kept, "one", 200);
  expect(await kept.take("one", key)).toMatchObject({ sizeBytes: 200 });
  expect(await kept.use()).toEqual({ chats: 1, sizeBytes: 200 });
});

test("a state that was being loaded when the process ended is not found again, nor is one that was being written", async () => {
  const before = open();
  await keep(before, "one");
  await keep(before, "two");
  expect(await before.take("one", key)).not.toBeNull();
  writeFileSync((await before.newFile("three")) ?? "", "half");
  expect(files().filter((name) => /loading|tmp/.test(name))).toHaveLength(2);
  const after = open();
  expect(await after.take("one", key)).toBeNull();
  expect(await load(after, "two")).toBe(true);
  expect(files()).toHaveLength(2);
});

test("a file without a note and a note without a file are deleted, other files are left alone", async () => {
  const folder = join(home, "state");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${"d".repeat(32)}.bin`), "x");
  writeFileSync(join(folder, `${"e".repeat(32)}.json`), "{");
  writeFileSync(join(folder, "mine.txt"), "x");
  vi.useFakeTimers({ toFake: ["Date"], now: later });
  const kept = open();
  await keep(kept, "one");
  vi.useRealTimers();
  expect(files().filter((name) => !/^[0-9a-f]{32}\.(bin|json)$/.test(name))).toEqual(["mine.txt"]);
  expect(files()).toHaveLength(3);
  await kept.clear();
  expect(files()).toEqual(["mine.txt"]);
});

/** The id of a process that has ended. */
const ended = spawnSync(process.execPath, ["--version"]).pid;

test("what another process is at work on is left alone, for ten minutes at most", async () => {
  const folder = join(home, "state");
  mkdirSync(folder, { recursive: true });
  const name = "d".repeat(32);
  const busy = [`${name}.${process.ppid}.1a.tmp`, `${name}.${process.ppid}.loading`, `${name}.bin`];
  const unknown = [`${name}.1a-2b.tmp`, `${name}.json.1a-2b.tmp`];
  const left = [`${name}.${ended}.1a.tmp`, `${name}.${ended}.loading`, `${name}.${process.pid}.1a.tmp`];
  for (const file of [...busy, ...unknown, ...left]) writeFileSync(join(folder, file), "x");
  await open().clean();
  expect(files()).toEqual([...busy, ...unknown].toSorted());
  vi.useFakeTimers({ toFake: ["Date"], now: later });
  await open().clean();
  vi.useRealTimers();
  expect(files()).toEqual([]);
});

test("unfinished files of a chat are deleted with it, and those of all chats with everything", async () => {
  const kept = open();
  await keep(kept, "one");
  await keep(kept, "two");
  const writeUnfinished = (): void => {
    for (const name of files().flatMap((file) => /^(.+)\.bin$/.exec(file)?.[1] ?? [])) {
      for (const ending of ["1a-2b.tmp", "json.1a-2b.tmp", `${process.ppid}.1a.tmp`, "loading"]) {
        writeFileSync(join(home, "state", `${name}.${ending}`), "x");
      }
    }
  };
  writeUnfinished();
  await kept.forget("one");
  expect(files()).toHaveLength(6);
  // A file whose note could not be written.
  writeFileSync(join(home, "state", `${"d".repeat(32)}.bin`), "x");
  await kept.clear();
  expect(files()).toEqual([]);
});

test("a state that is being written while everything is deleted is not kept", async () => {
  const kept = open();
  const path = (await kept.newFile("one")) ?? "";
  writeFileSync(path, "one");
  await kept.clear();
  await kept.keep("one", key, path, saved);
  expect(files()).toEqual([]);
});

test("nothing is kept that is larger than the limit, or that would fill the disk", async () => {
  const kept = open();
  expect(await kept.hasRoomFor(250)).toBe(true);
  expect(await kept.hasRoomFor(251)).toBe(false);
  freeBytes = 1_000_000_100;
  expect(await kept.hasRoomFor(100)).toBe(false);
});

test("a folder that cannot be made keeps nothing, and nothing fails", async () => {
  writeFileSync(join(home, "state"), "a file");
  const kept = open();
  expect(await kept.newFile("one")).toBeNull();
  expect(await kept.take("one", key)).toBeNull();
  expect(await kept.use()).toEqual({ chats: 0, sizeBytes: 0 });
  expect(readFileSync(join(home, "state"), "utf8")).toBe("a file");
  expect(statSync(join(home, "state")).isFile()).toBe(true);
});
