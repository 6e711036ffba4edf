import { expect, test } from "vitest";
import { judgeMemory } from "../../../electron/workbench/fit/judgeMemory.ts";
import { takeQuantization } from "../../../electron/workbench/fit/takeQuantization.ts";
import { distill7b } from "./distill7b.ts";

const question = (usableBytes: number, contextSize: number | null = null) => ({
  name: "Seven",
  contextLength: 131_072,
  contextSize,
  usableBytes,
});

test("with plenty of memory, the model fits, nothing limits it, and the whole context is available", () => {
  const judged = judgeMemory(distill7b.shape, question(60e9));
  expect(judged).toMatchObject({ verdict: "fits", limitedBy: null, maxContext: 131_072 });
  expect(judged.need).toMatchObject({ contextSize: 16_384, weightsBytes: 4_677_120_000 });
});

test.each([
  { usableBytes: 4e9, contextSize: null, limitedBy: "weights" },
  { usableBytes: 8e9, contextSize: 131_072, limitedBy: "kv-cache" },
  { usableBytes: 4.72e9, contextSize: 512, limitedBy: "compute-buffers" },
])("$limitedBy is named as the part that has no room", ({ usableBytes, contextSize, limitedBy }) => {
  expect(judgeMemory(distill7b.shape, question(usableBytes, contextSize))).toMatchObject({ verdict: "no", limitedBy });
});

test("tight: some context fits, but not 8,192 tokens", () => {
  const judged = judgeMemory(distill7b.shape, question(5.5e9));
  expect(judged.verdict).toBe("tight");
  expect(judged.limitedBy).toBe("compute-buffers");
  expect(judged.maxContext).toBeLessThan(8192);
  expect(judged.maxContext).toBeGreaterThanOrEqual(512);
});

test.each([5.4e9, 6e9, 8e9, 10e9])(
  "the largest context is the largest that is not refused, with %d bytes",
  (usableBytes) => {
    const { maxContext } = judgeMemory(distill7b.shape, question(usableBytes));
    expect(judgeMemory(distill7b.shape, question(usableBytes, maxContext)).verdict).not.toBe("no");
    expect(judgeMemory(distill7b.shape, question(usableBytes, maxContext + 256)).verdict).toBe("no");
  },
);

test("a model with a small context fits when all of it does", () => {
  const judged = judgeMemory(distill7b.shape, { ...question(60e9), contextLength: 4096 });
  expect(judged).toMatchObject({ verdict: "fits", maxContext: 4096 });
});

test("recommends the finest quantization that fits, or a coarser one that is fast enough", () => {
  const take = (usableBytes: number, speed: number | null = null) =>
    takeQuantization(
      distill7b,
      question(usableBytes),
      speed === null
        ? null
        : ({ matrices }) => {
            const value = speed / matrices.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
            return { generation: { value, low: value, high: value }, reading: { value, low: value, high: value } };
          },
    );
  expect(take(60e9)).toBe("Q8_0");
  expect(take(6e9)).toBe("Q4_K_M");
  expect(take(2e9)).toBeNull();
  // 25 GB/s: Q8_0 would write 3 tokens a second, Q4_K_M more than 5.
  expect(take(60e9, 25e9)).toBe("Q4_K_M");
  // If no quantization is fast, a coarser one would gain nothing.
  expect(take(60e9, 1e9)).toBe("Q4_K_M");
  expect(take(4.8e9, 1e9)).toBe("Q2_K");
});

test("both memory figures are known, and whether the file would be mapped", () => {
  const roomy = judgeMemory(distill7b.shape, question(60e9));
  expect(roomy).toMatchObject({ mapped: true, need: { copyBytes: distill7b.shape.repackableBytes } });
  expect(judgeMemory(distill7b.shape, question(8e9))).toMatchObject({ verdict: "fits", mapped: false });
  expect(judgeMemory(distill7b.shape, question(4e9))).toMatchObject({ verdict: "no", mapped: false });
});

test("smaller keys and values are offered only where memory is short and they help", () => {
  expect(judgeMemory(distill7b.shape, question(60e9)).smallerCache).toBeNull();
  expect(judgeMemory(distill7b.shape, question(4e9)).smallerCache).toBeNull();
  const large = question(9e9, 65_536);
  const { verdict, smallerCache, maxContext } = judgeMemory(distill7b.shape, large);
  expect(verdict).toBe("no");
  expect(smallerCache).toMatchObject({ kvCacheType: "q8_0" });
  expect(smallerCache?.maxContext).toBeGreaterThan(65_536);
  expect(maxContext).toBeLessThan(65_536);
});
