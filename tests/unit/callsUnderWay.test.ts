import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CallsUnderWay } from "../../electron/workbench/CallsUnderWay.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Returns whether all calls count as settled by now. */
async function isSettled(calls: CallsUnderWay, afterMs = 0): Promise<boolean> {
  let settled = false;
  void calls.settled().then(() => (settled = true));
  await vi.advanceTimersByTimeAsync(afterMs);
  return settled;
}

test("it waits for what was asked for, also meanwhile and whether it works or fails, but not for what is only read", async () => {
  const calls = new CallsUnderWay();
  expect(await isSettled(calls)).toBe(true);
  let deleted: (value: null) => void = () => undefined;
  let refused: (error: Error) => void = () => undefined;
  void calls.add("hub.search", new Promise(() => undefined));
  void calls.add("chats.summarizeOldest", new Promise(() => undefined));
  const answer = calls.add("chats.delete", new Promise((resolve) => (deleted = resolve)));
  let settled = false;
  const waits = calls.settled().then(() => (settled = true));
  const renamed = calls.add("chats.rename", new Promise((_resolve, reject) => (refused = reject)));
  deleted(null);
  expect(await answer).toBeNull();
  await vi.advanceTimersByTimeAsync(0);
  expect(settled).toBe(false);
  refused(new Error("The disk is full."));
  await expect(renamed).rejects.toThrow("full");
  await waits;
});

test("a call that is not answered does not keep the app from ending", async () => {
  const calls = new CallsUnderWay();
  void calls.add("chats.delete", new Promise(() => undefined));
  expect(await isSettled(calls, 2999)).toBe(false);
  expect(await isSettled(calls, 3000)).toBe(true);
});
