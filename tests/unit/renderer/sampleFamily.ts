import type { CatalogModel, CatalogVariant } from "../../../electron/contract/catalog.ts";

/** Returns a model of the family with one size, which fits and is the file that `sampleDownload` fetches. */
export function sampleFamily(
  id: string,
  more: Partial<CatalogModel> = {},
  variant: Partial<CatalogVariant> = {},
): CatalogModel {
  return {
    id,
    name: id,
    goodFor: "laptop",
    parameters: 7.6e9,
    activeParameters: 7.1e9,
    contextLength: 131_072,
    licence: "MIT",
    llamaVersion: null,
    shape: {} as never,
    variants: [
      {
        id: `${id}-q4_k_m`,
        size: "balanced",
        quantization: "Q4_K_M",
        file: { repo: "owner/GGUF", revision: "main", path: `${id}-Q4_K_M.gguf` },
        parts: 1,
        sizeBytes: 4.68e9,
        sizeFrom: "shape",
        need: {
          contextSize: 16_384,
          weightsBytes: 4.7e9,
          keyValueBytes: 0.9e9,
          computeBytes: 0.3e9,
          totalBytes: 5.9e9,
          copyBytes: 0,
          largestBufferBytes: 3e9,
        },
        verdict: "fits",
        limitedBy: null,
        mapped: true,
        smallerCache: null,
        onServer: null,
        speed: null,
        modelId: `${id}-q4_k_m`,
        installedModelId: null,
        ...variant,
      },
    ],
    otherRepos: [],
    ...more,
  };
}
