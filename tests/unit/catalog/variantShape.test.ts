import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCatalogFile } from "../../../electron/workbench/catalog/catalogFile.ts";
import { variantShape } from "../../../electron/workbench/catalog/variantShape.ts";

const entries = await readCatalogFile(fileURLToPath(new URL("../../../resources/catalog.json", import.meta.url)));
const computed = (id: string, quantization: string) => {
  const entry = entries.find((each) => each.id === id);
  const variant = entry?.variants.find((each) => each.quantization === quantization);
  if (!entry || !variant) throw new Error(`${id} ${quantization} is not in the catalogue`);
  return variantShape(entry.shape, variant);
};

// Sizes of the published files, in GB.
test.each([
  { id: "r1-distill-qwen-1.5b", gigabytes: 1.12 },
  { id: "r1-distill-qwen-7b", gigabytes: 4.68 },
  { id: "r1-distill-llama-8b", gigabytes: 4.92 },
  { id: "r1-0528-qwen3-8b", gigabytes: 5.03 },
  { id: "r1-distill-qwen-14b", gigabytes: 8.99 },
  { id: "r1-distill-qwen-32b", gigabytes: 19.85 },
  { id: "r1-distill-llama-70b", gigabytes: 42.5 },
  { id: "r1", gigabytes: 404.4 },
])("$id at Q4_K_M: within 0.5 % of the published $gigabytes GB", ({ id, gigabytes }) => {
  const { fileBytes } = computed(id, "Q4_K_M");
  expect(Math.abs(fileBytes / 1e9 / gigabytes - 1)).toBeLessThan(0.005);
});

test("the dynamic quantizations of R1: 130.60 and 211.03 GiB, which people round to 131 and 212", () => {
  const gibibyte = 1024 ** 3;
  expect(computed("r1", "UD-IQ1_S").fileBytes / gibibyte).toBeCloseTo(130.6, 1);
  expect(computed("r1", "UD-Q2_K_XL").fileBytes / gibibyte).toBeCloseTo(211.03, 1);
});

test("the synthetic 1.5B and 7B, whose headers were read, have the same weights, repacked copies and largest tensor", () => {
  const small = computed("r1-distill-qwen-1.5b", "Q4_K_M").shape;
  expect(small.weightsBytes / 1_111_370_240).toBeCloseTo(1, 3);
  expect(small.repackableBytes / 625_508_352).toBeCloseTo(1, 3);
  expect(small.largestTensorBytes).toBe(191_439_360);
  const large = computed("r1-distill-qwen-7b", "Q4_K_M").shape;
  expect(large.weightsBytes / 4_677_120_000).toBeCloseTo(1, 3);
  expect(large.repackableBytes / 3_121_348_608).toBeCloseTo(1, 3);
});

test("R1 has 671 billion weights, of which each token uses 37 billion", () => {
  const { parameters, activeParameters } = computed("r1", "Q4_K_M");
  expect(parameters / 1e9).toBeCloseTo(671.03, 1);
  expect(Math.round(activeParameters / 1e9)).toBe(37);
});

test("latent attention caches 576 elements per token; the first conversions of R1 cache every head", () => {
  expect(computed("r1-0528", "Q4_K_M").shape.latentKeyValueElements).toBe(576);
  const first = computed("r1", "Q4_K_M").shape;
  expect(first).toMatchObject({ latentKeyValueElements: null, keyValueHeads: 128 });
});

test("every entry names its licence, its repository and its files", () => {
  expect(entries.map(({ id }) => id)).toHaveLength(9);
  for (const { repo, otherRepos, licence, llamaVersion, name, variants } of entries) {
    expect([repo, ...otherRepos].every((each) => /^[\w-]+\/[\w.-]+$/.test(each))).toBe(true);
    expect(licence).toContain("MIT");
    expect(llamaVersion !== null).toBe(name.includes("Llama"));
    for (const { path } of variants) expect(path).toMatch(/\.gguf$/);
  }
});
