import type { BrowserWindow } from "electron";
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ChatPrints } from "../../../electron/main/ChatPrints.ts";

vi.mock("electron", () => ({ protocol: {} }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const options = { thoughts: false, outline: false };

/** A hidden window whose page never says that it is drawn. */
class SilentWindow extends EventEmitter {
  isGone = false;
  readonly webContents = Object.assign(new EventEmitter(), { printToPDF: async () => new Uint8Array([1]) });
  isDestroyed = (): boolean => this.isGone;
  loadURL = async (): Promise<void> => undefined;
  destroy(): void {
    this.isGone = true;
    this.emit("closed");
  }
}

it("gives up on a window that does not answer, closes it, and prints the next chat in another one", async () => {
  const opened: SilentWindow[] = [];
  const prints = new ChatPrints(() => {
    const window = new SilentWindow();
    opened.push(window);
    return window as unknown as BrowserWindow;
  });
  const printing = prints.pdfs();
  const failed = expect(printing.pdf("a", options)).rejects.toMatchObject({ code: "print-failed" });
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  expect(opened[0]?.isGone).toBe(false);
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  await failed;
  expect(opened[0]?.isGone).toBe(true);
  const next = printing.pdf("b", options);
  prints.ready(opened[1] as unknown as BrowserWindow, "b");
  expect(await next).toEqual(new Uint8Array([1]));
  printing.close();
  expect(opened.map(({ isGone }) => isGone)).toEqual([true, true]);
  expect(vi.getTimerCount()).toBe(0);
});

it("gives up on a chat whose printing never ends, once its window is closed", async () => {
  const window = new SilentWindow();
  window.webContents.printToPDF = () => new Promise(() => undefined);
  const prints = new ChatPrints(() => window as unknown as BrowserWindow);
  const printing = prints.pdfs();
  const failed = expect(printing.pdf("a", options)).rejects.toMatchObject({ code: "print-failed" });
  prints.ready(window as unknown as BrowserWindow, "a");
  await vi.advanceTimersByTimeAsync(1000);
  printing.close();
  await failed;
  expect(vi.getTimerCount()).toBe(0);
});
