import type { ModelShape } from "../../../electron/contract/models.ts";

/** R1-Distill-Qwen-1.5B, as if its weights were of one type that no processor repacks. */
export const distill15b: Omit<ModelShape, "weightsBytes"> = {
  layers: 28,
  width: 1536,
  heads: 12,
  keyValueHeads: 2,
  keyLength: 128,
  valueLength: 128,
  feedForward: 8960,
  vocabulary: 151_936,
  experts: 0,
  activeExperts: 0,
  latentKeyValueElements: null,
  repackableBytes: 0,
  largestTensorBytes: 1e8,
};
