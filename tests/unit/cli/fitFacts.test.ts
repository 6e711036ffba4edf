import { expect, test } from "vitest";
import { fitFacts } from "../../../electron/cli/fitFacts.ts";
import { labelled } from "../../../electron/cli/labelled.ts";
import type { Fit } from "../../../electron/contract/fit.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const need = {
  contextSize: 16_384,
  weightsBytes: 4.683e9,
  keyValueBytes: 939.5e6,
  computeBytes: 326.1e6,
  totalBytes: 5.95e9,
  copyBytes: 0,
  largestBufferBytes: 1.26e9,
};
const fits: Fit = {
  name: "R1-Distill\nQwen-7B",
  quantization: "Q4_K_M",
  verdict: "fits",
  limitedBy: null,
  need,
  mapped: true,
  maxContext: 131_072,
  smallerCache: null,
  onServer: null,
  usableBytes: 22.12e9,
  takeQuantization: "Q4_K_M",
  speed: {
    generation: { value: 12.34, low: 9.1, high: 16.8 },
    reading: { value: 123.4, low: 91, high: 168 },
  },
  guessed: false,
  backends: [],
  choice: null,
};

const fitText = (...facts: Parameters<typeof fitFacts>): string => labelled(fitFacts(...facts), null);

test("a model that fits", () => {
  expect(fitText(openTexts("en"), fits, 0)).toBe(
    [
      "Model                  R1-Distill Qwen-7B · Q4_K_M",
      "Verdict                fits",
      "Usable memory          22.12 GB",
      "Weights                4.68 GB",
      "KV cache               939.5 MB for a context of 16,384 tokens",
      "Compute buffers        326.1 MB",
      "Largest single buffer  1.26 GB",
      "Maximum context        131,072 tokens",
      "Recommended            Q4_K_M",
      "Writing speed          about 12 tok/s; 9.1 to 17 tok/s in nine cases out of ten",
      "Reading speed          about 120 tok/s; 91 to 170 tok/s in nine cases out of ten",
      "",
    ].join("\n"),
  );
});

test("one that does not fit, in French and Chinese, at a depth and without a measurement", () => {
  const no: Fit = { ...fits, verdict: "no", limitedBy: "kv-cache", maxContext: 0, takeQuantization: null, speed: null };
  const french = fitText(openTexts("fr"), no, 4096).replaceAll(/[\u00A0\u202F]/g, " ");
  expect(french).toMatch(/^Mémoire {13}insuffisante : contexte$/m);
  expect(french).toMatch(/^Poids {15}4,68 Go$/m);
  expect(french).toMatch(/^Contexte maximal {4}aucun contexte ne tient$/m);
  expect(french).toMatch(/^Profondeur {10}4 096 tokens$/m);
  expect(french).toMatch(/^Vitesse d’écriture {2}non mesurée$/m);
  const chinese = fitText(openTexts("zh-CN"), no, 4096);
  expect(chinese).toMatch(/^内存 {14}不足：上下文$/m);
  expect(chinese).toMatch(/^最大的单个缓冲区 {2}1\.26 GB$/m);
});

test("the second copy of a mapped file and a smaller cache are told in words", () => {
  const mapped: Fit = { ...fits, need: { ...need, copyBytes: 3.12e9 } };
  expect(fitText(openTexts("en"), mapped, 0)).toMatch(/^Model file +Up to 3\.12 GB more while there is room/m);
  const read: Fit = { ...mapped, mapped: false, smallerCache: { kvCacheType: "q8_0", maxContext: 20_480 } };
  const text = fitText(openTexts("en"), read, 0);
  expect(text).toMatch(/^Model file +The file is read rather than mapped/m);
  expect(text).toMatch(/^KV cache type +With a KV cache in q8_0, a context of 20,480 tokens would fit\./m);
});

test("one that llama-server could run is said to be, with what would lie where", () => {
  const served: Fit = {
    ...fits,
    verdict: "no",
    limitedBy: "weights",
    onServer: { expertLayersInMemory: 57, expertLayers: 58 },
  };
  expect(fitText(openTexts("en"), served, 0)).toMatch(
    /^Placement +llama-server could run it, with the experts of 57 of 58 layers in main memory/m,
  );
});
