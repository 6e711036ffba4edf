import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LoadParams } from "../../../electron/contract/engineProtocol.ts";
import { type EngineForTests, engineForTests, loadNano } from "../../support/engine/engineForTests.ts";

let engine: EngineForTests;

beforeAll(() => {
  engine = engineForTests();
});
afterAll(() => engine.dispose());

async function factsOf(overrides: Partial<LoadParams>) {
  const { value } = await loadNano(engine.client, overrides);
  return value;
}

test("settings that are not given are chosen by llama.cpp, and reported", async () => {
  expect(await factsOf({})).toMatchObject({
    flashAttention: true,
    kvCacheType: "f16",
    memoryMapped: true,
    description: "qwen2 ?B Q8_0",
    weightsBytes: 951_600,
  });
});

test("settings that are given take effect, and are reported", async () => {
  expect(await factsOf({ flashAttention: false, kvCacheType: "f32", memoryMapped: false })).toMatchObject({
    flashAttention: false,
    kvCacheType: "f32",
    memoryMapped: false,
  });
  expect(await factsOf({ kvCacheType: "q8_0", batchSize: 32 })).toMatchObject({
    flashAttention: true,
    kvCacheType: "q8_0",
    batchSize: 32,
  });
});

test("large memory pages are asked for in a new process, where the system leaves the choice", async () => {
  const { client } = engine;
  const { backend, largePages, pid } = await client.start();
  if (largePages === undefined) return;
  expect(await factsOf({})).toMatchObject({ largePages: false });
  const asking = await client.use({ backend, largePages: true });
  expect(asking).toMatchObject({ largePages: true });
  expect(asking.pid).not.toBe(pid);
  expect(await factsOf({ contextSize: 65_536, kvCacheType: "f32" })).toMatchObject({ largePages: true });
  const inLargePages = /^AnonHugePages:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${asking.pid}/smaps_rollup`, "utf8"));
  expect(Number(inLargePages?.[1])).toBeGreaterThan(0);
  expect(await client.use({ backend, largePages: false })).toMatchObject({ largePages: false });
});

test("quantized keys and values without flash attention are refused with a code", async () => {
  await expect(factsOf({ flashAttention: false, kvCacheType: "q8_0" })).rejects.toMatchObject({
    code: "model-load-failed",
  });
});

test("the peak of memory is that of the current model, if the system can reset it", async () => {
  const peak = async (): Promise<number> => {
    const { value } = await engine.client.request("measure", {
      tests: [{ promptTokens: 8, generatedTokens: 0, depth: 0 }],
      repeats: 1,
      seed: 1,
      firstTokenPromptTokens: null,
    });
    expect(value?.ttftMs).toBeNull();
    return value?.peakResidentBytes ?? 0;
  };
  await factsOf({ contextSize: 65_536, kvCacheType: "f32" });
  const larger = await peak();
  await factsOf({ contextSize: 256 });
  const smaller = await peak();
  if (process.platform === "linux") expect(smaller).toBeLessThan(larger - 100_000_000);
  else expect(smaller).toBeGreaterThanOrEqual(larger);
});
