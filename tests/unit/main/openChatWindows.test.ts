import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OpenChatWindows } from "../../../electron/main/OpenChatWindows.ts";

vi.mock("electron", () => ({ screen: {}, protocol: {} }));

let home: string;
beforeEach(async () => (home = await mkdtemp(join(tmpdir(), "r1-chat-windows-"))));
afterEach(() => rm(home, { recursive: true, force: true }));

const place = { x: 40, y: 60, width: 820, height: 560 };
const window = () =>
  ({
    isDestroyed: () => false,
    getNormalBounds: () => place,
    isMaximized: () => false,
    isFullScreen: () => false,
  }) as BrowserWindow;
const opened = (...chatIds: string[]) => new Map(chatIds.map((chatId) => [chatId, window()]));
const kept = (chatId: string) => ({ chatId, ...place, maximized: false, fullScreen: false });

test("windows that are open are known at the next start, and those that were closed before the end are not", () => {
  const windows = new OpenChatWindows(home);
  windows.keep(opened("a", "b"));
  windows.keep(opened("b"));
  expect(new OpenChatWindows(home).take()).toEqual([kept("b")]);
});

test("windows that close because the app quits stay known", () => {
  const windows = new OpenChatWindows(home);
  windows.end(opened("a", "b"));
  windows.keep(opened("b"));
  windows.keep(opened());
  expect(new OpenChatWindows(home).take()).toEqual([kept("a"), kept("b")]);
});

test("those that are not open again yet survive another crash; those that are gone do not", () => {
  new OpenChatWindows(home).keep(opened("a", "b"));
  const second = new OpenChatWindows(home);
  // The user is quicker, and opens one before the others are opened again.
  second.keep(opened("c", "a"));
  expect(new OpenChatWindows(home).take()).toEqual([kept("c"), kept("a"), kept("b")]);
  second.take();
  second.keep(opened("c"));
  expect(new OpenChatWindows(home).take()).toEqual([kept("c")]);
});

test("a file that would stay the same is not written again", async () => {
  const path = join(home, "chat-windows.json");
  const windows = new OpenChatWindows(home);
  windows.keep(opened());
  await expect(stat(path)).rejects.toThrow("ENOENT");
  windows.keep(opened("a"));
  const { ino } = await stat(path);
  const second = new OpenChatWindows(home);
  second.keep(opened("a"));
  windows.keep(opened("a"));
  windows.end(opened("a"));
  expect((await stat(path)).ino).toBe(ino);
  // One that was damaged is.
  await writeFile(path, "{");
  new OpenChatWindows(home).keep(opened());
  expect((await stat(path)).ino).not.toBe(ino);
});

test("a file that the app did not write opens no window, and one wrong entry does not lose the others", async () => {
  const path = join(home, "chat-windows.json");
  for (const text of ["", "{", "null", "[]", '{"windows": 7}', '{"windows": [null, {"chatId": "a"}]}']) {
    await writeFile(path, text);
    expect(new OpenChatWindows(home).take(), text).toEqual([]);
  }
  const wrong = { ...kept("b"), width: 1 };
  await writeFile(path, JSON.stringify({ windows: [kept("a"), wrong, kept("a"), kept("../c")] }));
  expect(new OpenChatWindows(home).take().map(({ chatId }) => chatId)).toEqual(["a", "../c"]);
  await writeFile(path, JSON.stringify({ windows: Array.from({ length: 50 }, (_, index) => kept(`${index}`)) }));
  expect(new OpenChatWindows(home).take()).toHaveLength(20);
});
