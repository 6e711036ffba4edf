import { expect, it } from "vitest";
import { RateLimit } from "../../../electron/workbench/downloads/RateLimit.ts";

it("a changed limit applies to those already waiting", async () => {
  const limit = new RateLimit(1);
  const { signal } = new AbortController();
  const waiting = [limit.take(1_000_000, signal), limit.take(1_000_000, signal)];
  limit.set(null);
  expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
});

it("rejects a stopped wait with the signal's reason", async () => {
  const limit = new RateLimit(1);
  const stop = new AbortController();
  const waiting = limit.take(1_000_000, stop.signal);
  const reason = new Error("stopped");
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
});
