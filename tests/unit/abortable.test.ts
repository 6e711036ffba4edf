import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { abortable } from "../../electron/workbench/abortable.ts";

it("resolves and rejects like the promise", async () => {
  const { signal } = new AbortController();
  expect(await abortable(Promise.resolve(7), signal)).toBe(7);
  await expect(abortable(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
});

it("rejects with the signal's reason, before and during the wait", async () => {
  const stop = new AbortController();
  const waiting = abortable(new Promise(() => undefined), stop.signal);
  stop.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(abortable(Promise.resolve(7), stop.signal)).rejects.toThrow("enough");
});

it("a promise that rejects after the signal causes no unhandled rejection", async () => {
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise<never>((_resolve, reject) => (fail = reject));
  await expect(abortable(late, AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  fail(new Error("late"));
  await turn();
  await turn();
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
