import type { Decoder } from "./catalogFile.ts";
import type { DecoderTensor, TensorRole } from "./decoderTensors.ts";

/** Bytes per 256 weights. Source: llama.cpp ggml/src/ggml-common.h. */
const bytesPer256 = {
  F32: 1024,
  F16: 512,
  Q8_0: 272,
  Q6_K: 210,
  Q5_K: 176,
  Q4_K: 144,
  Q3_K: 110,
  Q2_K: 84,
  IQ2_XXS: 66,
  IQ1_S: 50,
} as const;
export type TensorTypeName = keyof typeof bytesPer256;

export const tensorBytes = (type: TensorTypeName, weights: number): number => (weights / 256) * bytesPer256[type];

type Mix = (role: TensorRole, layer: number, decoder: Decoder) => TensorTypeName;

/** llama.cpp src/llama-quant.cpp, `use_more_bits`: the first and last eighth, and every third layer between. */
function usesMoreBits(layer: number, layers: number): boolean {
  const eighth = Math.floor(layers / 8);
  return layer < eighth || layer >= Math.floor((7 * layers) / 8) || (layer - eighth) % 3 === 2;
}

const isValue = (role: TensorRole): boolean => role === "value" || role === "latent-key-value-up";
const isDown = (role: TensorRole): boolean => role === "down" || role === "expert-down" || role === "shared-down";
/** Eight query heads share a value head in this model, so that matrix is small and worth more bits. */
const isSeventyBillion = ({ layers, width }: Decoder): boolean => layers === 80 && width === 8192;

/** `LLAMA_FTYPE_MOSTLY_Q4_K_M` and `Q5_K_M`: the base type, and Q6_K where more bits help most. */
const medium =
  (base: "Q4_K" | "Q5_K"): Mix =>
  (role, layer, decoder) => {
    if ((isValue(role) || isDown(role)) && usesMoreBits(layer, decoder.layers)) return "Q6_K";
    return base === "Q4_K" && role === "value" && isSeventyBillion(decoder) ? "Q5_K" : base;
  };

const threeBits: Mix = (role, layer, decoder) => {
  if (isValue(role)) return layer < 2 || isSeventyBillion(decoder) ? "Q5_K" : "Q4_K";
  if (isDown(role)) return layer < Math.floor(decoder.layers / 16) ? "Q5_K" : "Q4_K";
  return role === "attention-output" ? "Q4_K" : "Q3_K";
};

const twoBits: Mix = (role, _, decoder) => {
  if (isValue(role)) return decoder.heads / decoder.keyValueHeads >= 4 ? "Q4_K" : "Q3_K";
  return isDown(role) || role === "attention-output" ? "Q3_K" : "Q2_K";
};

/**
 * The dynamic quantizations of R1: only the experts get few bits. The types and their numbers are those that
 * llama.cpp lists when it loads the published files (IQ1_S 168 tensors, IQ2_XXS 6; Q2_K 171, Q3_K 3).
 */
const dynamic =
  (expert: TensorTypeName, firstDown: TensorTypeName, firstLayers: number, shared: TensorTypeName): Mix =>
  (role, layer, { mixture }) => {
    if (role === "expert-down" && layer < (mixture?.denseLayers ?? 0) + firstLayers) return firstDown;
    if (role.startsWith("expert-")) return expert;
    if (role === "shared-gate" || role === "shared-up") return shared;
    return isDown(role) || role.startsWith("latent-key-value") ? "Q6_K" : "Q4_K";
  };

const mixes: Readonly<Record<string, Mix>> = {
  Q2_K: twoBits,
  Q3_K_M: threeBits,
  Q4_K_M: medium("Q4_K"),
  Q5_K_M: medium("Q5_K"),
  Q6_K: () => "Q6_K",
  Q8_0: () => "Q8_0",
  F16: () => "F16",
  "UD-IQ1_S": dynamic("IQ1_S", "IQ2_XXS", 6, "Q5_K"),
  "UD-Q2_K_XL": dynamic("Q2_K", "Q3_K", 3, "Q4_K"),
};

/** The embeddings have the base type. The output matrix, which affects every token, gets more bits. */
const embeddingTypes: Readonly<Record<string, TensorTypeName>> = {
  Q2_K: "Q2_K",
  Q3_K_M: "Q3_K",
  Q5_K_M: "Q5_K",
  Q6_K: "Q6_K",
  Q8_0: "Q8_0",
  F16: "F16",
};

/** Whether `tensorType` knows how a quantization mixes types. */
export const hasMix = (quantization: string): boolean => Object.hasOwn(mixes, quantization);

/**
 * Returns the type with which llama.cpp quantizes one matrix of a decoder, or null if the quantization's mix is not
 * known.
 */
export function tensorType(
  quantization: string,
  { role, layer }: DecoderTensor,
  decoder: Decoder,
): TensorTypeName | null {
  const mix = mixes[quantization];
  if (mix === undefined) return null;
  if (role === "plain") return "F32";
  if (role === "embedding") return embeddingTypes[quantization] ?? "Q4_K";
  if (role === "output") return quantization === "Q8_0" || quantization === "F16" ? quantization : "Q6_K";
  return mix(role, layer ?? 0, decoder);
}
