import type { Decoder } from "./catalogFile.ts";

/** The role of a matrix, which determines how finely it is quantized. */
export type TensorRole =
  | "embedding"
  | "output"
  | "query"
  | "key"
  | "value"
  | "attention-output"
  | "latent-query-down"
  | "latent-query-up"
  | "latent-key-value-down"
  | "latent-key-value-up"
  | "gate"
  | "up"
  | "down"
  | "expert-gate"
  | "expert-up"
  | "expert-down"
  | "shared-gate"
  | "shared-up"
  | "shared-down"
  | "plain";

export interface DecoderTensor {
  role: TensorRole;
  /** Counted from 0. Null for tensors outside the layers. */
  layer: number | null;
  rows: number;
  columns: number;
  /** Number of matrices of this kind in one tensor (the experts). */
  count: number;
}

/**
 * Returns the matrices of a decoder as llama.cpp stores them (src/models/qwen2.cpp, llama.cpp, qwen3.cpp,
 * deepseek2.cpp). Norms and biases are one `plain` row of width 1 each, because they stay 32-bit floats.
 */
export function decoderTensors(decoder: Decoder): DecoderTensor[] {
  const { layers, width, vocabulary } = decoder;
  const tensors = [
    tensor("embedding", null, vocabulary, width),
    tensor("output", null, vocabulary, width),
    tensor("plain", null, width, 1),
  ];
  for (let layer = 0; layer < layers; layer++) {
    tensors.push(tensor("plain", layer, 2 * width, 1), ...attention(decoder, layer), ...feedForward(decoder, layer));
  }
  return tensors;
}

function attention(decoder: Decoder, layer: number): DecoderTensor[] {
  const { width, heads, keyValueHeads, keyLength, valueLength, mixture } = decoder;
  const output = tensor("attention-output", layer, width, heads * valueLength);
  if (mixture === null) {
    return [
      tensor("query", layer, heads * keyLength, width),
      tensor("key", layer, keyValueHeads * keyLength, width),
      tensor("value", layer, keyValueHeads * valueLength, width),
      output,
    ];
  }
  const { queryRank, keyValueRank, ropeLength } = mixture;
  return [
    tensor("latent-query-down", layer, queryRank, width),
    tensor("latent-query-up", layer, heads * keyLength, queryRank),
    tensor("latent-key-value-down", layer, keyValueRank + ropeLength, width),
    tensor("latent-key-value-up", layer, heads * (keyLength - ropeLength + valueLength), keyValueRank),
    output,
  ];
}

function feedForward({ width, feedForward: inner, mixture }: Decoder, layer: number): DecoderTensor[] {
  if (mixture === null || layer < mixture.denseLayers) {
    return [
      tensor("gate", layer, inner, width),
      tensor("up", layer, inner, width),
      tensor("down", layer, width, inner),
    ];
  }
  const { experts, sharedExperts, expertFeedForward } = mixture;
  const shared = sharedExperts * expertFeedForward;
  return [
    // The router stays 32-bit floats.
    tensor("plain", layer, experts, width),
    tensor("expert-gate", layer, expertFeedForward, width, experts),
    tensor("expert-up", layer, expertFeedForward, width, experts),
    tensor("expert-down", layer, width, expertFeedForward, experts),
    tensor("shared-gate", layer, shared, width),
    tensor("shared-up", layer, shared, width),
    tensor("shared-down", layer, width, shared),
  ];
}

const tensor = (role: TensorRole, layer: number | null, rows: number, columns: number, count = 1): DecoderTensor => ({
  role,
  layer,
  rows,
  columns,
  count,
});

export const weightsOf = ({ rows, columns, count }: DecoderTensor): number => rows * columns * count;
