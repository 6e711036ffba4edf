import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { prepareDevice } from "../../../electron/engine/prepareDevice.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** A model whose device takes this long for each step, in milliseconds: the first one, and the others. */
function onDevice(firstMs: number, otherMs: number) {
  const steps: string[] = [];
  const step = async (name: string): Promise<void> => {
    steps.push(name);
    await vi.advanceTimersByTimeAsync(steps.length === 1 ? firstMs : otherMs);
  };
  const loaded = {
    model: { tokens: { bos: 1, eos: 2 } },
    context: { batchSize: 512, contextSize: 2048 },
    sequence: {
      nextTokenIndex: 0,
      async clearHistory() {
        this.nextTokenIndex = 0;
      },
      async evaluateWithoutGeneratingNewTokens(tokens: number[]) {
        await step(`read ${tokens.length}`);
        this.nextTokenIndex += tokens.length;
      },
      async *evaluate(tokens: number[]) {
        await step("write");
        this.nextTokenIndex += tokens.length;
        yield 3;
      },
    },
  };
  return { loaded: loaded as unknown as Parameters<typeof prepareDevice>[0], steps };
}

test("a driver that compiles for long is told of, once", async () => {
  const { loaded, steps } = onDevice(9000, 100);
  const onSlow = vi.fn();
  await prepareDevice(loaded, new AbortController().signal, onSlow);
  expect(onSlow).toHaveBeenCalledOnce();
  expect(steps).toEqual(["read 16", "read 16", "write"]);
  expect(loaded.sequence.nextTokenIndex).toBe(0);
});

test("a quick device also reads longer prompts, and nothing is said", async () => {
  const { loaded, steps } = onDevice(100, 10);
  const onSlow = vi.fn();
  await prepareDevice(loaded, new AbortController().signal, onSlow);
  await vi.advanceTimersByTimeAsync(1000);
  expect(onSlow).not.toHaveBeenCalled();
  expect(steps).toEqual(["read 16", "read 16", "read 64", "read 512", "write"]);
});

test("it ends with the step at hand when the load is cancelled", async () => {
  const { loaded, steps } = onDevice(100, 10);
  const stop = new AbortController();
  const done = prepareDevice(loaded, stop.signal, () => undefined);
  stop.abort();
  await done;
  expect(steps.length).toBeLessThanOrEqual(1);
  expect(loaded.sequence.nextTokenIndex).toBe(0);
});
