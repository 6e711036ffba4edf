import type { Dimensions, PublishedModel } from "./publishedModels.ts";

/** For each tensor type, its number in GGUF, and its block in weights and bytes. */
export const tensorBlocks = {
  F32: [0, 1, 4],
  F16: [1, 1, 2],
  Q4_0: [2, 32, 18],
  Q5_0: [6, 32, 22],
  Q5_1: [7, 32, 24],
  Q8_0: [8, 32, 34],
  Q2_K: [10, 256, 84],
  Q3_K: [11, 256, 110],
  Q4_K: [12, 256, 144],
  Q5_K: [13, 256, 176],
  Q6_K: [14, 256, 210],
  IQ1_S: [19, 256, 50],
  MXFP4: [39, 32, 17],
} as const;
export type TypeName = keyof typeof tensorBlocks;

/** For rows that cannot be divided into blocks of 256 (llama.cpp src/llama-quant.cpp, `tensor_type_fallback`). */
const insteadOf: Partial<Record<TypeName, TypeName>> = {
  Q2_K: "Q4_0",
  Q3_K: "Q4_0",
  Q4_K: "Q5_0",
  Q5_K: "Q5_1",
  Q6_K: "Q8_0",
};

interface TypedTensor {
  name: string;
  dimensions: number[];
  typeName: TypeName;
}

/** A tensor's name without its layer, and its dimensions. */
type Sizes = [name: string, ...sizes: number[]];

/** Returns the tensors of the model's file, quantized to `base` as by llama.cpp (without its mixing of types). */
export function publishedTensors(model: PublishedModel, base: TypeName): TypedTensor[] {
  const { layers, width, vocabulary, parts } = model.dimensions;
  const ends: Sizes[] = [
    ["token_embd.weight", width, vocabulary],
    ["output_norm.weight", width],
  ];
  if (!parts.has("tied")) ends.push(["output.weight", width, vocabulary]);
  const blocks = Array.from({ length: layers }, (_, layer) =>
    [
      ...normsOf(model),
      ...attentionOf(model, layer),
      ...feedForwardOf(model, layer),
      ...predictionOf(model, layer),
    ].map(([name, ...sizes]): Sizes => [`blk.${layer}.${name}`, ...sizes]),
  );
  const all = [...ends, ...blocks.flat()];
  // These also have a bias in their norms.
  if (model.architecture === "stablelm") {
    const norms = all.filter(([name]) => name.endsWith("norm.weight"));
    all.push(...norms.map(([name, ...sizes]): Sizes => [name.replace(/weight$/, "bias"), ...sizes]));
  }
  return all.map(([name, ...dimensions]) => ({ name, dimensions, typeName: typeOf(name, dimensions, base) }));
}

/** Vectors, biases, routers and convolutions are not quantized; in MXFP4 models, only the experts are. */
function typeOf(name: string, dimensions: number[], base: TypeName): TypeName {
  if (dimensions.length < 2 || /\.bias$|gate_inp|\.conv\./.test(name)) return "F32";
  const wanted = base === "MXFP4" && !name.includes("_exps") ? "Q8_0" : base;
  const divides = (dimensions[0] ?? 0) % tensorBlocks[wanted][1] === 0;
  return divides ? wanted : (insteadOf[wanted] ?? "F16");
}

function normsOf({ dimensions: { width, parts } }: PublishedModel): Sizes[] {
  const norms: Sizes[] = [["attn_norm.weight", width]];
  if (!parts.has("onenorm")) norms.push(["ffn_norm.weight", width]);
  if (parts.has("postnorm")) norms.push(["post_attention_norm.weight", width], ["post_ffw_norm.weight", width]);
  return norms;
}

function attentionOf({ dimensions, architecture, keys: stated }: PublishedModel, layer: number): Sizes[] {
  const { width, heads, keyLength, parts, latent } = dimensions;
  if (latent !== undefined) return latentAttentionOf(width, heads, keyLength, latent);
  const perLayer = stated["attention.head_count_kv"];
  const shared = Array.isArray(perLayer) ? (perLayer[layer] ?? 0) : dimensions.keyValueHeads;
  if (shared === 0) {
    return [
      ["shortconv.in_proj.weight", width, 3 * width],
      ["shortconv.conv.weight", Number(stated["shortconv.l_cache"]), width],
      ["shortconv.out_proj.weight", width, width],
    ];
  }
  const [queries, keys] = [heads * keyLength, shared * keyLength];
  const tensors: Sizes[] = parts.has("fused")
    ? [["attn_qkv.weight", width, queries + 2 * keys]]
    : [
        ["attn_q.weight", width, queries],
        ["attn_k.weight", width, keys],
        ["attn_v.weight", width, keys],
      ];
  tensors.push(["attn_output.weight", queries, width]);
  if (parts.has("bias")) tensors.push(["attn_q.bias", queries], ["attn_k.bias", keys], ["attn_v.bias", keys]);
  if (parts.has("sinks")) tensors.push(["attn_output.bias", width], ["attn_sinks.weight", heads]);
  if (parts.has("qknorm")) {
    const whole = architecture === "olmo2";
    tensors.push(["attn_q_norm.weight", whole ? queries : keyLength]);
    tensors.push(["attn_k_norm.weight", whole ? keys : keyLength]);
  }
  return tensors;
}

function latentAttentionOf(
  width: number,
  heads: number,
  keyLength: number,
  { queryRank, keyValueRank, rope, valueLength }: NonNullable<Dimensions["latent"]>,
): Sizes[] {
  const query: Sizes[] =
    queryRank === 0
      ? [["attn_q.weight", width, heads * keyLength]]
      : [
          ["attn_q_a.weight", width, queryRank],
          ["attn_q_a_norm.weight", queryRank],
          ["attn_q_b.weight", queryRank, heads * keyLength],
        ];
  return [
    ...query,
    ["attn_kv_a_mqa.weight", width, keyValueRank + rope],
    ["attn_kv_a_norm.weight", keyValueRank],
    ["attn_k_b.weight", keyLength - rope, keyValueRank, heads],
    ["attn_v_b.weight", keyValueRank, valueLength, heads],
    ["attn_output.weight", heads * valueLength, width],
  ];
}

function feedForwardOf({ dimensions, architecture, keys: stated }: PublishedModel, layer: number): Sizes[] {
  const { width, feedForward, parts, experts } = dimensions;
  if (experts === undefined || layer < (experts.denseLayers ?? 0)) {
    const down: Sizes = ["ffn_down.weight", feedForward, width];
    if (parts.has("fused") || parts.has("fusedgate")) return [["ffn_up.weight", width, 2 * feedForward], down];
    return [["ffn_gate.weight", width, feedForward], ["ffn_up.weight", width, feedForward], down];
  }
  const { count, feedForward: inner, shared = 0 } = experts;
  const tensors: Sizes[] = [
    ["ffn_gate_inp.weight", width, count],
    ["ffn_gate_exps.weight", width, inner, count],
    ["ffn_up_exps.weight", width, inner, count],
    ["ffn_down_exps.weight", inner, width, count],
  ];
  if (stated["expert_gating_func"] === sigmoidGating) tensors.push(["exp_probs_b.bias", count]);
  if (parts.has("sinks")) {
    tensors.push(["ffn_gate_inp.bias", count], ["ffn_gate_exps.bias", inner, count]);
    tensors.push(["ffn_up_exps.bias", inner, count], ["ffn_down_exps.bias", width, count]);
  }
  if (shared > 0) {
    const side = shared * inner;
    tensors.push(["ffn_gate_shexp.weight", width, side], ["ffn_up_shexp.weight", width, side]);
    tensors.push(["ffn_down_shexp.weight", side, width]);
    if (architecture === "qwen2moe") tensors.push(["ffn_gate_inp_shexp.weight", width]);
  }
  return tensors;
}

/** llama.cpp src/llama-hparams.h, LLAMA_EXPERT_GATING_FUNC_TYPE_SIGMOID: DeepSeek-V3's, which has a router bias. */
const sigmoidGating = 2;

/** A last layer that predicts one token further has its own embeddings and output matrix. */
function predictionOf({ dimensions: { layers, width, vocabulary }, keys }: PublishedModel, layer: number): Sizes[] {
  if (layer < layers - Number(keys["nextn_predict_layers"] ?? 0)) return [];
  return [
    ["nextn.eh_proj.weight", 2 * width, width],
    ["nextn.embed_tokens.weight", width, vocabulary],
    ["nextn.enorm.weight", width],
    ["nextn.hnorm.weight", width],
    ["nextn.shared_head_head.weight", width, vocabulary],
    ["nextn.shared_head_norm.weight", width],
  ];
}
