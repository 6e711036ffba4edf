import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LastWords } from "../../../electron/main/LastWords.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(page: { isCrashed?: boolean; isLoading?: boolean } = {}) {
  const sent: unknown[] = [];
  const webContents = {
    isCrashed: () => page.isCrashed ?? false,
    isLoadingMainFrame: () => page.isLoading ?? false,
    send: (_channel: string, name: string) => sent.push(name),
  };
  const window = Object.assign(new EventEmitter(), { isDestroyed: () => false, webContents });
  return { window: window as unknown as BrowserWindow, sent };
}

/** Returns whether a promise has resolved by now. */
async function isDone(asked: Promise<void>): Promise<boolean> {
  let done = false;
  void asked.then(() => (done = true));
  await vi.advanceTimersByTimeAsync(0);
  return done;
}

test("a window waits until its page has saved what was typed; two that ask wait for the same answer", async () => {
  const words = new LastWords();
  const { window, sent } = open();
  const asked = [words.ask(window), words.ask(window)] as const;
  expect(sent).toEqual(["shell.leaving"]);
  expect(await isDone(asked[0])).toBe(false);
  words.said(window);
  expect(await Promise.all(asked.map(isDone))).toEqual([true, true]);
  // Asked again later, the page is asked again: something may have been typed since.
  void words.ask(window);
  expect(sent).toHaveLength(2);
});

test("a page that does not answer, has crashed, is not loaded or is closed delays nothing", async () => {
  const words = new LastWords();
  const silent = words.ask(open().window);
  await vi.advanceTimersByTimeAsync(999);
  expect(await isDone(silent)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isDone(silent)).toBe(true);
  for (const page of [{ isCrashed: true }, { isLoading: true }]) {
    const { window, sent } = open(page);
    expect(await isDone(words.ask(window))).toBe(true);
    expect(sent).toEqual([]);
  }
  const { window } = open();
  const asked = words.ask(window);
  window.emit("closed");
  expect(await isDone(asked)).toBe(true);
});
