import type { ModelShape } from "../../contract/models.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import { repackedTypes } from "../../contract/repackedTypes.ts";
import { readCpuFlags, repackableBytes } from "./repacking.ts";
import type { Tensor } from "./tensors.ts";

/** Returns the values that memory use is computed from, for the tensors of all parts together. */
export function modelShape(parameters: Hyperparameters, tensors: Tensor[], vocabulary: number): ModelShape {
  const { latentRank, ropeDimensions } = parameters;
  const expertLayers = new Set(tensors.flatMap(({ name }) => /^blk\.(\d+)\..*_exps\./.exec(name)?.[1] ?? [])).size;
  return {
    layers: parameters.layers,
    width: parameters.width,
    heads: parameters.heads,
    // The mean if layers differ, because the cache is the sum over the layers.
    keyValueHeads: parameters.totalKeyValueHeads / parameters.layers,
    keyLength: parameters.keyLength,
    valueLength: parameters.valueLength,
    feedForward: parameters.feedForward,
    vocabulary,
    experts: parameters.experts,
    activeExperts: parameters.activeExperts,
    ...(expertLayers > 0 && { expertLayers }),
    latentKeyValueElements: latentRank === null ? null : latentRank + ropeDimensions,
    weightsBytes: tensors.reduce((sum, { bytes }) => sum + bytes, 0),
    repackableBytes: repackableBytes(tensors, repackedTypes(process.arch, readCpuFlags())),
    largestTensorBytes: tensors.reduce((most, { bytes }) => Math.max(most, bytes), 0),
  };
}
