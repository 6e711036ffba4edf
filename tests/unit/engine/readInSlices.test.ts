import type { Token } from "node-llama-cpp";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ReadingPace } from "../../../electron/engine/read/ReadingPace.ts";
import { readInSlices } from "../../../electron/engine/read/readInSlices.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => vi.useRealTimers());

/** Reads a prompt with a model on which a slice takes this long. Resolves with the lengths of the slices and their times. */
async function read(
  tokens: number,
  msOf: (length: number, at: number) => number,
  { pace = new ReadingPace(), batchSize = 512, stopAtMs = Number.POSITIVE_INFINITY } = {},
) {
  const stopping = new AbortController();
  const startedAt = performance.now();
  const slices: number[] = [];
  let index = 0;
  const sequence = {
    nextTokenIndex: 0,
    evaluateWithoutGeneratingNewTokens: (slice: Token[]) => {
      slices.push(slice.length);
      expect(slice[0]).toBe(index);
      const ms = msOf(slice.length, index);
      index += slice.length;
      return new Promise<void>((resolve) => setTimeout(resolve, ms));
    },
  };
  if (Number.isFinite(stopAtMs)) setTimeout(() => stopping.abort(), stopAtMs);
  const prompt = Array.from({ length: tokens }, (_, at) => at as Token);
  const reached: number[] = [];
  const whole = readInSlices({ sequence, context: { batchSize }, pace }, prompt, 0, stopping.signal, (at) =>
    reached.push(at),
  );
  let endedAt = 0;
  void whole.then(() => (endedAt = performance.now()));
  await vi.runAllTimersAsync();
  return { whole: await whole, slices, reached, endedAt: endedAt - startedAt };
}

/** The 1.5B on two cores: each slice has a fixed cost, so that 16 tokens cost 16.3 ms each and 64 cost 11.1. */
const twoCores = (length: number): number => 111 + 9.35 * length;

test("a slice grows to about half a second, in multiples of 16 tokens", async () => {
  const { whole, slices, reached } = await read(1000, twoCores);
  expect(whole).toBe(true);
  expect(slices.slice(0, 5)).toEqual([16, 32, 48, 48, 48]);
  expect(slices.slice(0, -1).every((length) => length % 16 === 0)).toBe(true);
  expect(Math.max(...slices.map(twoCores))).toBeLessThan(600);
  expect(slices.reduce((sum, length) => sum + length, 0)).toBe(1000);
  expect(reached.at(-1)).toBe(1000);
});

test("a fast device reads whole batches", async () => {
  const { slices } = await read(2000, () => 40);
  expect(slices).toEqual([16, 256, 512, 512, 512, 192]);
});

test("no slice has fewer than 16 tokens while there are more", async () => {
  for (let tokens = 16; tokens < 400; tokens++) {
    const { slices } = await read(tokens, twoCores);
    if (tokens >= 64) expect(Math.min(...slices)).toBeGreaterThanOrEqual(16);
  }
});

test("slices become shorter as the context fills, and stay at 16 on a slow machine", async () => {
  const deep = await read(4000, (length, at) => twoCores(length) * (1 + at / 1000));
  expect(deep.slices[3]).toBe(48);
  expect(deep.slices.at(-2)).toBe(16);
  const slow = await read(100, (length) => length * 400);
  expect(slow.slices).toEqual([16, 16, 16, 16, 16, 16, 4]);
});

test("reading stops within one slice, and what was read stays", async () => {
  const { whole, slices, endedAt } = await read(4000, twoCores, { stopAtMs: 5000 });
  expect(whole).toBe(false);
  expect(endedAt).toBeGreaterThanOrEqual(5000);
  expect(endedAt).toBeLessThan(5600);
  expect(slices.reduce((sum, length) => sum + length, 0)).toBeLessThan(600);
});

test("the next prompt starts with the length that the last one ended with", async () => {
  const pace = new ReadingPace();
  await read(500, twoCores, { pace });
  expect((await read(500, twoCores, { pace })).slices[0]).toBe(48);
});

test("a batch that is smaller than a slice is the slice", async () => {
  expect((await read(40, () => 10, { batchSize: 8 })).slices).toEqual([8, 8, 8, 8, 8]);
  expect((await read(100, () => 10, { batchSize: 40 })).slices).toEqual([16, 32, 32, 20]);
});
