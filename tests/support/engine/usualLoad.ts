import type { LoadParams } from "../../../electron/contract/engineProtocol.ts";

/** How tests load a small model on the CPU, with the library's own choices. */
export const usualLoad: Omit<LoadParams, "path"> = {
  family: "r1",
  chatTemplate: null,
  contextSize: 2048,
  batchSize: 128,
  threads: 1,
  gpuLayers: 0,
  flashAttention: null,
  kvCacheType: null,
  memoryMapped: null,
};
