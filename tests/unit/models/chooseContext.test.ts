import { expect, test } from "vitest";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { ModelShape } from "../../../electron/contract/models.ts";
import { failureText } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { chooseContext, type ContextWishes } from "../../../electron/workbench/models/chooseContext.ts";
import { englishText } from "../../support/englishText.ts";

const gigabyte = 1e9;

/** Like an R1 distill of 7B in Q4_K_M. */
const distill7b: ModelShape = {
  layers: 28,
  width: 3584,
  heads: 28,
  keyValueHeads: 4,
  keyLength: 128,
  valueLength: 128,
  feedForward: 18_944,
  vocabulary: 152_064,
  experts: 0,
  activeExperts: 0,
  latentKeyValueElements: null,
  weightsBytes: 4_670_000_000,
  repackableBytes: 3_200_000_000,
  largestTensorBytes: 447_000_000,
};
const wishes: ContextWishes = {
  name: "Distill 7B",
  contextLength: 131_072,
  contextSize: null,
  freeBytes: 64 * gigabyte,
  gpuLayers: 0,
  onCpu: true,
};

function refusal(change: Partial<ContextWishes>): WorkbenchError {
  try {
    chooseContext(distill7b, { ...wishes, ...change });
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
  }
  throw new Error("It should have been refused.");
}

test("with room: 16,384 tokens in batches of 512", () => {
  expect(chooseContext(distill7b, wishes)).toMatchObject({ contextSize: 16_384, batchSize: 512 });
});

test("never more than the model's own context", () => {
  const at = (contextLength: number) => chooseContext(distill7b, { ...wishes, contextLength }).contextSize;
  expect(at(4096)).toBe(4096);
  expect(at(3000)).toBe(3000);
  expect(at(300)).toBe(300);
  expect(chooseContext(distill7b, { ...wishes, contextLength: 2048, contextSize: 8192 }).contextSize).toBe(2048);
});

test("less memory never gives a larger context, and the chosen one fits", () => {
  const sizes: number[] = [];
  const batches = new Set<number>();
  for (let freeBytes = 8 * gigabyte; freeBytes > 5.33 * gigabyte; freeBytes -= 0.005 * gigabyte) {
    const { contextSize, batchSize, need } = chooseContext(distill7b, { ...wishes, freeBytes });
    expect(need.totalBytes).toBeLessThan(freeBytes);
    sizes.push(contextSize);
    batches.add(batchSize);
  }
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect([...new Set(sizes)]).toEqual([16_384, 8192, 4096, 2048, 1024, 512]);
  expect([...batches]).toEqual([512, 128]);
});

test("too little for any context: reports the numbers, and that nothing fits", () => {
  const refused = refusal({ freeBytes: 3 * gigabyte });
  expect(refused.code).toBe("model-too-large");
  expect(englishText(refused)).toBe(
    "Distill 7B needs 5.32 GB of memory even with a context of 512 tokens, but only 3.00 GB are free. " +
      "Choose a smaller model, or close other programs.",
  );
  expect(failureText(openTexts("fr"), toProblem(refused)).what.replaceAll(/\s/g, " ")).toBe(
    "Distill 7B nécessite 5,32 Go de mémoire même avec un contexte de 512 tokens, mais seuls 3,00 Go sont libres.",
  );
  expect(refused.detail).toContain('"largestBufferBytes":3200000000');
});

test("a chosen context that is too large: reports which one would fit", () => {
  const text = englishText(refusal({ contextSize: 131_072, freeBytes: 8 * gigabyte }));
  expect(text).toContain("with a context of 131,072 tokens");
  expect(text).toContain("Choose a context of 16,384 tokens, which fits.");
});

test("a chosen context that fits is kept exactly", () => {
  expect(chooseContext(distill7b, { ...wishes, contextSize: 5000 })).toMatchObject({
    contextSize: 5000,
    batchSize: 512,
  });
});

test("a larger batch is preferred, but gives way to the context", () => {
  const wished = { ...wishes, largestBatch: 2048 };
  expect(chooseContext(distill7b, { ...wished, freeBytes: 64 * gigabyte })).toMatchObject({ batchSize: 2048 });
  const short = chooseContext(distill7b, { ...wishes, freeBytes: 6.5 * gigabyte });
  expect(chooseContext(distill7b, { ...wished, freeBytes: 6.5 * gigabyte })).toEqual(short);
});

test("a batch size chosen by the user is kept, and included in the memory", () => {
  const small = chooseContext(distill7b, { ...wishes, contextSize: 4096, batchSize: 64 });
  expect(small).toMatchObject({ contextSize: 4096, batchSize: 64 });
  const large = chooseContext(distill7b, { ...wishes, contextSize: 4096, batchSize: 2048 });
  expect(large.need.computeBytes).toBe(small.need.computeBytes * 32);
});

test("on the CPU, flash attention is off where there is room for it, and left to llama.cpp elsewhere", () => {
  const choice = (change: Partial<ContextWishes>) => chooseContext(distill7b, { ...wishes, ...change });
  const off = choice({});
  expect(off).toMatchObject({ flashAttention: false, contextSize: 16_384, batchSize: 512 });
  // Each of 28 heads has its weights for all tokens in the buffer.
  expect(off.need.computeBytes).toBeGreaterThan(28 * 16_384 * 512 * 4);
  const onGpu = choice({ onCpu: false, gpuLayers: 29 });
  expect(onGpu.flashAttention).toBeNull();
  // It costs neither context nor batch: here, both are as large only with flash attention.
  const short = choice({ freeBytes: 6.6 * gigabyte });
  expect(short).toMatchObject({ flashAttention: null, contextSize: 16_384, batchSize: 512 });
  expect(short.need.totalBytes).toBeLessThan(off.need.totalBytes);
});

test("flash attention that the user chose is kept, and quantized keys and values have it", () => {
  const choice = (change: Partial<ContextWishes>) => chooseContext(distill7b, { ...wishes, ...change });
  expect(choice({ flashAttention: true }).flashAttention).toBe(true);
  expect(choice({ flashAttention: false, onCpu: false }).flashAttention).toBe(false);
  expect(choice({ kvCacheType: "q8_0" }).flashAttention).toBeNull();
  expect(choice({ kvCacheType: "f32" }).flashAttention).toBe(false);
});

test("there is room for a mapped file's second copy only if all of it fits", () => {
  const hasRoom = (freeBytes: number) => chooseContext(distill7b, { ...wishes, freeBytes }).hasRoomForCopy;
  expect(hasRoom(64 * gigabyte)).toBe(true);
  expect(hasRoom(9 * gigabyte)).toBe(false);
  const all = { ...distill7b, repackableBytes: 0 };
  expect(chooseContext(all, { ...wishes, freeBytes: 6.6 * gigabyte }).hasRoomForCopy).toBe(true);
});
