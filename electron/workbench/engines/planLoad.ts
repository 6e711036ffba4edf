import type { EngineInfo } from "../../contract/engine.ts";
import type { LoadParams } from "../../contract/engineProtocol.ts";
import type { FileModel, GgufFacts, MemoryNeed, ModelShape } from "../../contract/models.ts";
import { defaultThreads } from "../hardware/defaultThreads.ts";
import { chooseContext } from "../models/chooseContext.ts";
import { hasLargePages, type LoadWishes } from "./loadWishes.ts";

export interface LoadPlan {
  params: LoadParams;
  need: MemoryNeed;
  /** Returns the bytes that unloading it will free. Pages of a mapped model file count as free already. */
  bytes: (memoryMapped: boolean) => number;
}

/**
 * Returns the parameters of a load: the requested settings, and for open ones values that suit the model, the engine
 * and the free memory. Throws `model-too-large`.
 */
export function planLoad(
  model: FileModel,
  facts: GgufFacts & { shape: ModelShape },
  wishes: LoadWishes,
  info: EngineInfo,
  freeBytes: number,
): LoadPlan {
  const { contextLength, family, chatTemplate } = facts;
  const { contextSize, gpuLayers, batchSize, largestBatch, flashAttention, kvCacheType, memoryMapped } = wishes;
  const onCpu = info.backend === "cpu";
  // With a graphics card, llama.cpp repacks nothing.
  const shape = onCpu ? facts.shape : { ...facts.shape, repackableBytes: 0 };
  const allLayers = shape.layers + 1;
  const layersOnGpu = onCpu ? 0 : Math.min(gpuLayers ?? allLayers, allLayers);
  const choice = chooseContext(shape, {
    name: model.name,
    contextLength,
    contextSize,
    freeBytes,
    gpuLayers: layersOnGpu,
    onCpu,
    batchSize,
    largestBatch,
    flashAttention,
    kvCacheType,
  });
  const { keyValueBytes, computeBytes, weightsBytes, copyBytes } = choice.need;
  return {
    params: {
      path: model.source.path,
      family,
      chatTemplate,
      contextSize: choice.contextSize,
      batchSize: choice.batchSize,
      threads: wishes.threads ?? defaultThreads(wishes.cores, info, shape.weightsBytes),
      gpuLayers: onCpu || gpuLayers !== null ? layersOnGpu : "auto",
      flashAttention: choice.flashAttention,
      kvCacheType,
      // A mapped file with repacked weights is in memory twice, so it is read where that would not fit. Its pages are
      // never large ones.
      memoryMapped: memoryMapped ?? (choice.hasRoomForCopy && !hasLargePages(info, wishes) ? null : false),
    },
    need: choice.need,
    bytes: (mapped) => keyValueBytes + computeBytes + (mapped ? copyBytes : weightsBytes),
  };
}
