import type { WebContents } from "electron";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameWatch } from "../../../electron/main/preview/FrameWatch.ts";

/** How long a frame of the window takes. */
let frameMs: number;
/** The processor time that the graphics process has used. */
let graphicsMs: number;
let watch: FrameWatch;
const draw = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, frameMs));
const window = { isDestroyed: () => false, mainFrame: { executeJavaScript: draw } } as unknown as WebContents;

beforeEach(() => {
  vi.useFakeTimers();
  frameMs = 10;
  graphicsMs = 1000;
  watch = new FrameWatch(window);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Looks twice a second for this long, and returns after how many seconds frames came too late, or null. */
async function look(seconds: number, share: number): Promise<number | null> {
  for (let at = 0; at < seconds; at += 0.5) {
    if (watch.isTooLate(graphicsMs)) return at;
    await vi.advanceTimersByTimeAsync(500);
    graphicsMs += 500 * share;
  }
  return null;
}

test("a window that draws in time is left alone, whatever the graphics process does", async () => {
  frameMs = 200;
  expect(await look(300, 4)).toBe(null);
});

test("frames that are late for 20 s are too late, and so are none", async () => {
  frameMs = 300;
  expect(await look(60, 0.2)).toBe(20);
  frameMs = 1e9;
  watch = new FrameWatch(window);
  expect(await look(60, 0.2)).toBe(20);
});

test("some frames in time do not help, as long as most are late", async () => {
  frameMs = 1700;
  expect(await look(8, 0.5)).toBe(null);
  frameMs = 10;
  expect(await look(6, 0.5)).toBe(null);
  frameMs = 1700;
  expect(await look(60, 0.5)).toBe(6);
});

test("a window that draws in time most of the time is left alone", async () => {
  for (let round = 0; round < 10; round++) {
    frameMs = 1500;
    expect(await look(6, 0.9)).toBe(null);
    frameMs = 10;
    expect(await look(10, 0.9)).toBe(null);
  }
});

test("where drawing is not what keeps the window from it, nothing is too late", async () => {
  frameMs = 3000;
  expect(await look(300, 0.05)).toBe(null);
});

test("another graphics process gets 20 s as well", async () => {
  frameMs = 1500;
  expect(await look(19, 0.9)).toBe(null);
  graphicsMs = 0;
  expect(await look(19, 0.9)).toBe(null);
  expect(await look(19, 0.9)).not.toBe(null);
});

test("a frame that has not come is waited for", async () => {
  expect(watch.isWaiting()).toBe(false);
  await look(10, 0.5);
  expect(watch.isWaiting()).toBe(false);
  frameMs = 1e9;
  await look(1, 0.5);
  expect(watch.isWaiting()).toBe(true);
});
