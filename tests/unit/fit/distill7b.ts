import type { TimedModel } from "../../../electron/workbench/fit/predictSpeed.ts";

/** R1-Distill-Qwen-7B in Q4_K_M, according to its header. */
export const distill7b: TimedModel = {
  key: "seven",
  certainty: "known",
  shape: {
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
    weightsBytes: 4_677_120_000,
    repackableBytes: 3_121_348_608,
    largestTensorBytes: 447_068_160,
  },
  matrices: [
    { typeName: "Q6_K", use: "output", weights: 544_997_376, sizeBytes: 447_068_160 },
    { typeName: "Q4_K", use: "layers", weights: 5_549_064_192, sizeBytes: 3_121_348_608 },
    { typeName: "Q6_K", use: "layers", weights: 976_224_256, sizeBytes: 800_808_960 },
  ],
};
