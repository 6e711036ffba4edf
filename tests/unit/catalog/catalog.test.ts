import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { HubListing } from "../../../electron/contract/hub.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import { catalogNames } from "../../../electron/workbench/catalog/catalogNames.ts";
import { createCatalog } from "../../../electron/workbench/catalog/createCatalog.ts";
import type { Machine } from "../../../electron/workbench/catalog/recommend.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import type { Predict } from "../../../electron/workbench/fit/createFit.ts";
import { nano } from "../renderer/fakeBridge.ts";

const catalogFile = fileURLToPath(new URL("../../../resources/catalog.json", import.meta.url));

async function openCatalog(
  machine: Partial<Machine> = {},
  models: FileModel[] = [],
  home?: string,
  predict: Predict | null = null,
) {
  const here = { memoryBytes: 16e9, cores: 8, hasGpu: false, ...machine };
  return createCatalog({
    catalogFile,
    home: home ?? (await temporaryFolder()),
    models: () => Promise.resolve(models),
    machine: () => Promise.resolve(here),
    predictor: () => Promise.resolve(predict),
  });
}

const repo = "unsloth/DeepSeek-R1-Distill-Qwen-7B-GGUF";
const name = "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M";
const listing: HubListing = {
  repo,
  commit: "c0ffee0",
  licence: "mit",
  gated: false,
  models: [
    {
      file: { repo, revision: "main", path: `moved/${name}.gguf` },
      name,
      quantization: "Q4_K_M",
      parts: 1,
      sizeBytes: 4_683_073_184,
      verifiable: true,
      complete: true,
    },
  ],
};

test.each([
  { machine: { memoryBytes: 4e9, cores: 4 }, variantId: "r1-distill-qwen-1.5b-q4_k_m" },
  { machine: { memoryBytes: 8e9, cores: 8 }, variantId: "r1-0528-qwen3-8b-q3_k_m" },
  { machine: { memoryBytes: 16e9, cores: 8 }, variantId: "r1-0528-qwen3-8b-q4_k_m" },
  { machine: { memoryBytes: 64e9, cores: 16 }, variantId: "r1-0528-qwen3-8b-q4_k_m" },
  { machine: { memoryBytes: 64e9, cores: 2 }, variantId: "r1-distill-qwen-1.5b-q4_k_m" },
  { machine: { memoryBytes: 64e9, cores: 16, hasGpu: true }, variantId: "r1-distill-llama-70b-q4_k_m" },
])("a machine with $machine is recommended $variantId", async ({ machine, variantId }) => {
  const { recommended } = await (await openCatalog(machine)).get();
  expect(recommended?.variantId).toBe(variantId);
});

test("once speeds are predicted, they decide what is fast enough, not the number of cores", async () => {
  const advised = async (bytesPerSecond: number) => {
    const predict: Predict = ({ shape }) => {
      const value = bytesPerSecond / shape.weightsBytes;
      const speed = { value, low: value, high: value };
      return { generation: speed, reading: speed };
    };
    const { models, recommended } = await (
      await openCatalog({ memoryBytes: 64e9, cores: 2 }, [], undefined, predict)
    ).get();
    expect(models[0]?.variants[0]?.speed?.generation.value).toBeGreaterThan(0);
    return recommended?.variantId;
  };
  expect(await advised(8e9)).toBe("r1-distill-qwen-1.5b-q4_k_m");
  expect(await advised(50e9)).toBe("r1-distill-qwen-14b-q4_k_m");
  expect(await advised(500e9)).toBe("r1-distill-llama-70b-q4_k_m");
});

test("nothing is recommended where nothing fits", async () => {
  expect((await (await openCatalog({ memoryBytes: 2e9 })).get()).recommended).toBeNull();
});

test("a verdict follows from the need: more memory never fits less", async () => {
  const order = ["no", "tight", "fits"];
  const verdicts = async (memoryBytes: number) =>
    (await (await openCatalog({ memoryBytes })).get()).models.flatMap(({ variants }) =>
      variants.map(({ verdict }) => order.indexOf(verdict)),
    );
  const [small, large] = [await verdicts(8e9), await verdicts(32e9)];
  expect(small.every((verdict, index) => verdict <= (large[index] ?? -1))).toBe(true);
  expect(new Set(small).size).toBeGreaterThan(1);
});

test("the hub's sizes replace the computed ones, and are kept across a restart", async () => {
  const home = await temporaryFolder();
  const catalog = await openCatalog({}, [], home);
  const variant = async (from: typeof catalog) =>
    (await from.get()).models.flatMap(({ variants }) => variants).find(({ id }) => id === "r1-distill-qwen-7b-q4_k_m");
  expect(await variant(catalog)).toMatchObject({ sizeFrom: "shape" });
  await catalog.learn(listing);
  await catalog.learn({ ...listing, repo: "someone/else" });
  const stated = { sizeFrom: "hub", sizeBytes: 4_683_073_184, file: { path: `moved/${name}.gguf` } };
  expect(await variant(catalog)).toMatchObject(stated);
  expect(await variant(await openCatalog({}, [], home))).toMatchObject(stated);
});

test("an installed file is recognized wherever it is; a file of another size is not", async () => {
  const here = {
    ...nano,
    id: "seven",
    source: { kind: "file" as const, path: `/models/${name}.gguf` },
    sizeBytes: 4_683_073_184,
  };
  const installed = async (model: FileModel) =>
    (await (await openCatalog({}, [model])).get()).models
      .flatMap(({ variants }) => variants)
      .find(({ id }) => id === "r1-distill-qwen-7b-q4_k_m")?.installedModelId;
  expect(await installed(here)).toBe("seven");
  expect(await installed({ ...here, sizeBytes: 1e9 })).toBeNull();
});

test("a variant states the id that its file gets in the library, without the number of a part", async () => {
  const variants = (await (await openCatalog({}, [])).get()).models.flatMap((model) => model.variants);
  expect(variants.find(({ id }) => id === "r1-q4_k_m")?.modelId).toBe("deepseek-r1-q4_k_m");
});

test("a file of the hub has the name of its model, in each quantization and folder; other files have none", async () => {
  const nameOf = catalogNames(catalogFile);
  expect(await nameOf({ repo, path: `${name}.gguf` })).toBe("R1-Distill-Qwen-7B");
  expect(await nameOf({ repo, path: `moved/${name}.gguf` })).toBe("R1-Distill-Qwen-7B");
  expect(await nameOf({ repo, path: "DeepSeek-R1-Distill-Qwen-7B-IQ1_S.gguf" })).toBe("R1-Distill-Qwen-7B");
  expect(await nameOf({ repo, path: "DeepSeek-R1-Distill-Qwen-7B-draft-IQ1_S.gguf" })).toBeNull();
  expect(await nameOf({ repo, path: "IQ1_S.gguf" })).toBeNull();
  expect(await nameOf({ repo: "other/DeepSeek-R1-Distill-Qwen-7B-GGUF", path: `${name}.gguf` })).toBeNull();
});
