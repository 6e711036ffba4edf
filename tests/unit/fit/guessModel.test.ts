import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCatalogFile } from "../../../electron/workbench/catalog/catalogFile.ts";
import { guessModel } from "../../../electron/workbench/fit/guessModel.ts";
import { distill7b } from "./distill7b.ts";

const entries = await readCatalogFile(fileURLToPath(new URL("../../../resources/catalog.json", import.meta.url)));
const guess = (name: string, quantization: string | null, sizeBytes: number) =>
  guessModel({ name, quantization, sizeBytes }, entries);

test("a file named like a model of the catalogue has that model's shape and its quantization's types", () => {
  const { named, shape, matrices } = guess("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M", "Q4_K_M", 4_683_073_376);
  expect(named).toBe(true);
  expect(shape).toMatchObject({ layers: 28, width: 3584, keyValueHeads: 4 });
  expect(matrices).toHaveLength(3);
  for (const group of distill7b.matrices) {
    const same = matrices.find(({ typeName, use }) => typeName === group.typeName && use === group.use);
    expect(same?.weights).toBeCloseTo(group.weights, -1);
  }
});

test.each([
  ["DeepSeek-R1-Distill-Llama-8B-IQ3_M", "IQ3_M", "IQ3_S"],
  ["DeepSeek-R1-Distill-Llama-8B-IQ4_XS", "IQ4_XS", "IQ4_XS"],
  ["DeepSeek-R1-Distill-Llama-8B-Q4_K_S", "Q4_K_S", "Q4_K"],
  ["DeepSeek-R1-Distill-Llama-8B-UD-Q5_K_XL", "UD-Q5_K_XL", "Q5_K"],
])("%s: a quantization whose mix is not known counts as its main type", (name, quantization, typeName) => {
  const { matrices, shape } = guess(name, quantization, 4e9);
  expect(new Set(matrices.map((group) => group.typeName))).toEqual(new Set([typeName]));
  expect(shape.weightsBytes / 4e9).toBeCloseTo(1, 1);
});

test("another model has the nearest shape, stretched to the file's size", () => {
  const { named, shape, matrices } = guess("Some-Other-13B-Q8_0", "Q8_0", 13.8e9);
  expect(named).toBe(false);
  expect(shape.layers).toBe(48);
  expect(shape.weightsBytes).toBe(13.8e9);
  expect(matrices.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeLessThan(13.8e9);
});

test("a name with a number of active weights means a mixture of experts with that share", () => {
  const { shape, matrices } = guess("Some-30B-A3B-Q4_K_M", "Q4_K_M", 18.6e9);
  expect(shape.activeExperts / shape.experts).toBeCloseTo(0.1, 1);
  expect(matrices.some(({ use }) => use === "experts")).toBe(true);
});

test("a distill missing from the catalogue is not mistaken for the R1 in its name", () => {
  expect(guess("DeepSeek-R1-Distill-Other-13B-Q4_K_M", "Q4_K_M", 8e9)).toMatchObject({ named: false });
  expect(guess("DeepSeek-R1-UD-IQ1_S", "UD-IQ1_S", 140e9)).toMatchObject({ named: true, shape: { experts: 256 } });
});

test("without a size in the name, the number of weights follows from the file's size and quantization", () => {
  expect(guess("tiny", "Q8_0", 1.9e9).shape.layers).toBe(28);
});
