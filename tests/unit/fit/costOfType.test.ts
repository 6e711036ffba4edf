import { expect, test } from "vitest";
import { repackedTypes } from "../../../electron/contract/repackedTypes.ts";
import { cpuFeatures } from "../../../electron/engine/cpuFeatures.ts";
import { costOfType } from "../../../electron/workbench/fit/costOfType.ts";
import { weightCosts } from "./weightCosts.ts";

const costs = weightCosts({
  Q4_K: { generateSecondsPerByte: 1e-10, readSecondsPerWeight: 1e-11 },
  Q6_K: { generateSecondsPerByte: 2e-10, readSecondsPerWeight: 2e-11 },
  Q8_0: { generateSecondsPerByte: 3e-10, readSecondsPerWeight: 3e-11 },
});

/** Processors as llama.cpp describes them. */
const withAvx512 = "CPU : SSE3 = 1 | AVX = 1 | AVX2 = 1 | AVX512 = 1 | AVX512_VNNI = 1 | LLAMAFILE = 1 | REPACK = 1 | ";
const withAvx2 = "CPU : SSE3 = 1 | AVX = 1 | AVX2 = 1 | FMA = 1 | REPACK = 1 | ";
const withoutAvx2 = "CPU : SSE3 = 1 | SSSE3 = 1 | AVX = 1 | REPACK = 1 | ";

const typesOf = (arch: string, info: string): string[] =>
  Object.keys(repackedTypes(arch, cpuFeatures(info).join(" "))).toSorted();

test.each([
  { name: "x86 with AVX-512", types: typesOf("x64", withAvx512), also: ["IQ4_NL", "MXFP4", "Q2_K", "Q4_0", "Q4_K"] },
  { name: "x86 with AVX2", types: typesOf("x64", withAvx2), also: ["IQ4_NL", "MXFP4", "Q4_0", "Q4_K"] },
  { name: "x86 without", types: typesOf("x64", withoutAvx2), also: [] },
])("$name: the types that llama.cpp repacks", ({ types, also }) => {
  expect(types).toEqual(also);
});

test("arm repacks the larger types as well", () => {
  expect(typesOf("arm64", "CPU : NEON = 1 | DOTPROD = 1 | ")).toEqual(
    expect.arrayContaining(["Q4_0", "Q4_K", "Q5_K", "Q6_K", "Q8_0"]),
  );
});

test.each([
  // Q4_K is repacked like Q4_0, which is of Q8_0's family.
  { typeName: "Q4_0", info: withAvx2, like: "Q4_K" },
  { typeName: "IQ4_NL", info: withAvx512, like: "Q4_K" },
  { typeName: "Q4_0", info: withoutAvx2, like: "Q8_0" },
  // Q5_K is not, so that it is closer to Q6_K than to the type with fewer bits.
  { typeName: "Q5_K", info: withAvx2, like: "Q6_K" },
  { typeName: "Q5_0", info: withAvx2, like: "Q8_0" },
])("a $typeName that was not measured costs as much as $like with $info", ({ typeName, info, like }) => {
  const repacked = Object.keys(repackedTypes("x64", cpuFeatures(info).join(" ")));
  const cost = costOfType({ ...costs, repacked }, { typeName, weights: 8e6, sizeBytes: 5e6 });
  expect(cost.readSecondsPerWeight).toBe(costs.types[like]?.readSecondsPerWeight);
  expect(cost.error).toBeGreaterThan(0);
});
