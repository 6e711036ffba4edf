import type { KvCacheType, MemoryNeed, ModelShape } from "../../contract/models.ts";

export interface Placement {
  contextSize: number;
  batchSize: number;
  /** Number of layers on a GPU. 0: everything on the CPU. The output counts as one more layer, as in llama.cpp. */
  gpuLayers: number;
  /** Type of the keys and values. Default: half floats. */
  kvCacheType?: KvCacheType | null;
  /** Default: on, as llama.cpp decides on nearly every device. */
  flashAttention?: boolean;
}

/** ggml's blocks: a quantized one contains 32 elements and their scale, and for `_1` their minimum (ggml-common.h). */
const cacheElementBytes: Record<KvCacheType, number> = {
  f32: 4,
  f16: 2,
  bf16: 2,
  q8_0: 34 / 32,
  q5_1: 24 / 32,
  q5_0: 22 / 32,
  q4_1: 20 / 32,
  q4_0: 18 / 32,
};
const floatBytes = 4;

/**
 * Returns the main memory that a model needs at a context size, by part. Weights count once: those that the CPU repacks
 * are in a buffer of their own, and the system may reclaim the file pages they came from. Compared with llama.cpp's own
 * buffers in tests/unit/models/memoryNeed.test.ts.
 */
export function memoryNeed(shape: ModelShape, placement: Placement): MemoryNeed {
  const { gpuLayers } = placement;
  const cpuShare = Math.max(0, shape.layers + 1 - gpuLayers) / (shape.layers + 1);
  const weightsBytes = Math.ceil(shape.weightsBytes * cpuShare);
  const keyValueBytes = Math.ceil(keyValueCacheBytes(shape, placement) * cpuShare);
  const computeBytes = computeBufferBytes(shape, placement);
  const repackedBytes = Math.ceil(shape.repackableBytes * cpuShare);
  return {
    contextSize: placement.contextSize,
    weightsBytes,
    keyValueBytes,
    computeBytes,
    totalBytes: weightsBytes + keyValueBytes + computeBytes,
    copyBytes: repackedBytes,
    largestBufferBytes: Math.max(repackedBytes, keyValueBytes, computeBytes),
  };
}

/**
 * Returns the bytes of the keys and values of all layers (src/llama-kv-cache.cpp). The context is padded to 256 tokens
 * (src/llama-context.cpp). With latent attention only the latent keys are stored: `has_v = !is_mla`.
 */
function keyValueCacheBytes(shape: ModelShape, { contextSize, kvCacheType }: Placement): number {
  const cells = Math.ceil(contextSize / 256) * 256;
  const elements = shape.latentKeyValueElements ?? shape.keyValueHeads * (shape.keyLength + shape.valueLength);
  return cells * shape.layers * elements * cacheElementBytes[kvCacheType ?? "f16"];
}

/**
 * Returns the peak of the largest graph (src/llama-context.cpp `sched_reserve`, src/llama-graph.cpp), in floats per
 * token of a batch: at the end, the logits with two rows of the model's width; in a layer, the attention mask (half
 * floats) with either the feed-forward or the attention part. Without flash attention, the mask has whole floats, and
 * each head's weights of all tokens are stored. Found by comparison; exact for dense models.
 */
function computeBufferBytes(shape: ModelShape, { contextSize, batchSize, flashAttention = true }: Placement): number {
  const batch = Math.min(batchSize, contextSize);
  const { width } = shape;
  const atOutput = shape.vocabulary + 2 * width;
  const feedForward = 3 * shape.feedForward + (4 + shape.activeExperts) * width;
  const mask = flashAttention ? contextSize / 2 : contextSize;
  const weights = flashAttention ? 0 : shape.heads * contextSize;
  const attention =
    weights + 3 * width + 2 * shape.heads * shape.keyLength + 2 * shape.keyValueHeads * shape.valueLength;
  const inLayer = mask + Math.max(feedForward, attention) + 8;
  return Math.ceil(batch * floatBytes * Math.max(atOutput, inLayer));
}
