import { expect, test } from "vitest";
import type { ModelShape } from "../../../electron/contract/models.ts";
import { memoryNeed } from "../../../electron/workbench/models/memoryNeed.ts";
import { distill15b } from "../fit/distill15b.ts";

const mebibyte = 1024 * 1024;

const nano: ModelShape = {
  layers: 4,
  width: 128,
  heads: 4,
  keyValueHeads: 4,
  keyLength: 32,
  valueLength: 32,
  feedForward: 384,
  vocabulary: 262,
  experts: 0,
  activeExperts: 0,
  latentKeyValueElements: null,
  weightsBytes: 951_600,
  repackableBytes: 0,
  largestTensorBytes: 52_224,
};
const distill1_5b: ModelShape = {
  ...distill15b,
  weightsBytes: 1_111_370_240,
  repackableBytes: 625_508_352,
  largestTensorBytes: 191_439_360,
};
const distill7b: ModelShape = {
  ...distill1_5b,
  width: 3584,
  heads: 28,
  keyValueHeads: 4,
  feedForward: 18_944,
  vocabulary: 152_064,
  weightsBytes: 4_677_120_000,
  repackableBytes: 3_121_348_608,
  largestTensorBytes: 447_068_160,
};

// Buffer sizes logged by llama.cpp for these shapes, through node-llama-cpp 3.21.1 on the CPU.
test.each([
  { shape: nano, contextSize: 512, batchSize: 512, keyValue: 1, compute: 3.76 },
  { shape: nano, contextSize: 2048, batchSize: 512, keyValue: 4, compute: 5.26 },
  { shape: distill1_5b, contextSize: 2048, batchSize: 512, keyValue: 56, compute: 302.752 },
  { shape: distill1_5b, contextSize: 16_384, batchSize: 512, keyValue: 448, compute: 302.752 },
  { shape: distill1_5b, contextSize: 2048, batchSize: 512, flashAttention: false, keyValue: 56, compute: 302.752 },
  { shape: distill1_5b, contextSize: 8192, batchSize: 512, flashAttention: false, keyValue: 224, compute: 305.75 },
  { shape: distill1_5b, contextSize: 16_384, batchSize: 512, flashAttention: false, keyValue: 448, compute: 432.01 },
  { shape: distill1_5b, contextSize: 16_384, batchSize: 128, flashAttention: false, keyValue: 448, compute: 108 },
  { shape: distill7b, contextSize: 2048, batchSize: 512, keyValue: 112, compute: 311 },
  { shape: distill7b, contextSize: 16_384, batchSize: 512, keyValue: 896, compute: 311 },
])(
  "$shape.weightsBytes bytes of weights at $contextSize: within 1 % of llama.cpp's own buffers",
  ({ shape, keyValue, compute, ...at }) => {
    const need = memoryNeed(shape, { ...at, gpuLayers: 0 });
    expect(need.keyValueBytes / mebibyte).toBe(keyValue);
    expect(Math.abs(need.computeBytes / mebibyte / compute - 1)).toBeLessThan(0.01);
    expect(need.totalBytes).toBe(shape.weightsBytes + need.keyValueBytes + need.computeBytes);
  },
);

test("latent attention caches rank and rope elements, and no values", () => {
  const r1 = { ...distill1_5b, layers: 61, latentKeyValueElements: 512 + 64 };
  const need = memoryNeed(r1, { contextSize: 4096, batchSize: 512, gpuLayers: 0 });
  expect(need.keyValueBytes).toBe(4096 * 61 * 576 * 2);
});

test("a context is padded to 256 tokens, as llama.cpp does", () => {
  const at = (contextSize: number) => memoryNeed(nano, { contextSize, batchSize: 64, gpuLayers: 0 }).keyValueBytes;
  expect(at(257)).toBe(at(512));
});

test("the largest buffer is the repacked weights, until the cache is larger", () => {
  const largest = (contextSize: number) =>
    memoryNeed(distill1_5b, { contextSize, batchSize: 512, gpuLayers: 0 }).largestBufferBytes;
  expect(largest(2048)).toBe(distill1_5b.repackableBytes);
  expect(largest(32_768)).toBe(896 * mebibyte);
});

test("layers on a GPU use no main memory", () => {
  const all = memoryNeed(distill1_5b, { contextSize: 2048, batchSize: 512, gpuLayers: 29 });
  expect(all).toMatchObject({ weightsBytes: 0, keyValueBytes: 0 });
});

test("quantized keys and values take their share of the size of half floats", () => {
  const at = { contextSize: 4096, batchSize: 512, gpuLayers: 0 };
  const half = memoryNeed(distill1_5b, at).keyValueBytes;
  expect(memoryNeed(distill1_5b, { ...at, kvCacheType: "q8_0" }).keyValueBytes).toBe((half * 17) / 32);
  expect(memoryNeed(distill1_5b, { ...at, kvCacheType: "q4_0" }).keyValueBytes).toBe((half * 9) / 32);
  expect(memoryNeed(distill1_5b, { ...at, kvCacheType: "f32" }).keyValueBytes).toBe(half * 2);
});

test("the weights that the CPU repacks are counted apart, because a mapped file keeps them a second time", () => {
  const at = { contextSize: 2048, batchSize: 512 };
  expect(memoryNeed(distill1_5b, { ...at, gpuLayers: 0 }).copyBytes).toBe(625_508_352);
  expect(memoryNeed(distill1_5b, { ...at, gpuLayers: 29 }).copyBytes).toBe(0);
  expect(memoryNeed(nano, { ...at, gpuLayers: 0 }).copyBytes).toBe(0);
});
