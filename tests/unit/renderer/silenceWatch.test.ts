import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SilenceWatch } from "../../../renderer/features/chats/markdown/SilenceWatch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Watches in a page that gets this share of a processor; `null`: the system does not report it. */
function watchWith(share: number | null) {
  let silences = 0;
  let asked = 0;
  const watch = new SilenceWatch({
    limitMs: 2000,
    processorMs: () => {
      asked++;
      return Promise.resolve(share === null ? null : performance.now() * share);
    },
    onSilent: () => silences++,
  });
  watch.start();
  return { watch, silences: () => silences, asked: () => asked };
}

test.each([
  ["all of a processor", 1, 2000],
  ["all that two threads can use", 2, 2000],
  ["a quarter of one", 0.25, 7250],
  ["no share that the system tells of", null, 2000],
])("a worker in a page with %s is silent too long after its share of 2 s", async (_name, share, afterMs) => {
  const { silences } = watchWith(share);
  await vi.advanceTimersByTimeAsync(afterMs - 50);
  expect(silences()).toBe(0);
  await vi.advanceTimersByTimeAsync(600);
  expect(silences()).toBe(1);
});

test("a worker that never gets the processor is not waited for forever", async () => {
  const { silences } = watchWith(0);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(silences()).toBe(0);
  await vi.advanceTimersByTimeAsync(4000);
  expect(silences()).toBe(1);
});

test("a response restarts the wait, and short silences query nothing", async () => {
  const { watch, silences, asked } = watchWith(1);
  for (let answers = 0; answers < 50; answers++) {
    await vi.advanceTimersByTimeAsync(200);
    watch.start();
  }
  expect(asked()).toBe(0);
  await vi.advanceTimersByTimeAsync(1900);
  expect(silences()).toBe(0);
  watch.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(silences()).toBe(0);
});

test("if the CPU time is not available, the limit applies to elapsed time", async () => {
  const onSilent = vi.fn();
  new SilenceWatch({ limitMs: 2000, processorMs: () => Promise.reject(new Error("no door")), onSilent }).start();
  await vi.advanceTimersByTimeAsync(1990);
  expect(onSilent).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(onSilent).toHaveBeenCalledTimes(1);
});
