import { array, type GgufPlan, ggufHeader, padded, scalar, type TensorHead } from "./GgufPlan.ts";
import type { PublishedModel, Quantization } from "./publishedModels.ts";
import { publishedTensors, tensorBlocks, type TypeName } from "./publishedTensors.ts";

const alignment = 32;
const fileTypes: Record<Quantization, [fileType: number, base: TypeName]> = {
  F16: [1, "F16"],
  Q8_0: [7, "Q8_0"],
  Q2_K: [10, "Q2_K"],
  Q3_K_M: [12, "Q3_K"],
  Q4_K_M: [15, "Q4_K"],
  Q5_K_M: [17, "Q5_K"],
  Q6_K: [18, "Q6_K"],
  IQ1_S: [24, "IQ1_S"],
  MXFP4: [38, "MXFP4"],
};
/**
 * Returns the header that llama.cpp's converter and quantizer would write for a published model, and the file's size.
 */
export function publishedHeader(model: PublishedModel): { header: Buffer; fileBytes: number } {
  const [, base] = fileTypes[model.quantization];
  const tensors = publishedTensors(model, base);
  const lengths = tensors.map(({ dimensions, typeName }) => {
    const [, weights, bytes] = tensorBlocks[typeName];
    return (dimensions.reduce((product, size) => product * size, 1) / weights) * bytes;
  });
  const heads: TensorHead[] = tensors.map(({ name, dimensions, typeName }) => ({
    name,
    dimensions,
    type: tensorBlocks[typeName][0],
  }));
  const plan: Omit<GgufPlan, "tensors"> = { magic: "GGUF", version: 3, alignment, keys: keysOf(model) };
  const header = ggufHeader({ ...plan, tensors: heads }, lengths);
  return { header, fileBytes: lengths.reduce((sum, length) => sum + padded(length, alignment), header.length) };
}

function keysOf({ name, architecture, quantization, dimensions, keys, tokenizer }: PublishedModel) {
  const { layers, width, heads, keyValueHeads, keyLength, feedForward, vocabulary, context, experts, latent } =
    dimensions;
  const numbers: PublishedModel["keys"] = {
    block_count: layers,
    context_length: context,
    embedding_length: width,
    feed_forward_length: feedForward,
    "attention.head_count": heads,
    "attention.head_count_kv": latent === undefined ? keyValueHeads : 1,
    "attention.layer_norm_rms_epsilon": 0.00001,
    "rope.freq_base": 1_000_000.5,
    ...(latent === undefined && { "attention.key_length": keyLength, "attention.value_length": keyLength }),
    ...(architecture === "llama" && { "rope.dimension_count": keyLength, vocab_size: vocabulary }),
    ...(experts !== undefined && {
      expert_count: experts.count,
      expert_used_count: experts.active,
      expert_feed_forward_length: experts.feedForward,
    }),
    ...(experts?.shared !== undefined && { expert_shared_count: experts.shared }),
    ...(experts?.denseLayers !== undefined && { leading_dense_block_count: experts.denseLayers }),
    ...(latent !== undefined && {
      ...(latent.queryRank === 0 ? {} : { "attention.q_lora_rank": latent.queryRank }),
      "attention.kv_lora_rank": latent.keyValueRank,
      "attention.key_length": latent.keyValueRank + latent.rope,
      "attention.value_length": latent.keyValueRank,
      "attention.key_length_mla": keyLength,
      "attention.value_length_mla": latent.valueLength,
      "rope.dimension_count": latent.rope,
    }),
    ...keys,
  };
  return [
    { key: "general.architecture", value: scalar("string", architecture) },
    { key: "general.type", value: scalar("string", "model") },
    { key: "general.name", value: scalar("string", name) },
    { key: "general.size_label", value: scalar("string", "8B") },
    { key: "general.license", value: scalar("string", "mit") },
    { key: "general.tags", value: array("string", ["text-generation"]) },
    { key: "general.quantization_version", value: scalar("uint32", 2) },
    { key: "general.file_type", value: scalar("uint32", fileTypes[quantization][0]) },
    ...Object.entries(numbers).map(([key, value]) => ({ key: `${architecture}.${key}`, value: encoded(value) })),
    ...tokenizerKeys(tokenizer, vocabulary),
  ];
}

function encoded(value: number | string | boolean | number[]): Buffer {
  if (Array.isArray(value)) return array("int32", value);
  if (typeof value === "string") return scalar("string", value);
  if (typeof value === "boolean") return scalar("bool", value);
  return scalar(Number.isInteger(value) ? "uint32" : "float32", value);
}

/** Returns made-up tokens in the right number, since real vocabularies are megabytes each. */
function tokenizerKeys(model: "gpt2" | "llama", vocabulary: number): GgufPlan["keys"] {
  const known = madeTokenizers.get(`${model} ${vocabulary}`);
  if (known !== undefined) return known;
  const byteTokens = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
  );
  const first = model === "llama" ? ["<unk>", "<s>", "</s>", ...byteTokens] : ["<｜begin▁of▁sentence｜>", "<think>"];
  const tokens = Array.from({ length: vocabulary }, (_, id) => first[id] ?? `Ġtoken${id}`);
  const ids = tokens.map((_, id) => id);
  const lists =
    model === "llama"
      ? [{ key: "tokenizer.ggml.scores", value: array("float32", ids) }]
      : [
          { key: "tokenizer.ggml.pre", value: scalar("string", "qwen2") },
          { key: "tokenizer.ggml.merges", value: array("string", ["Ġ t", "Ġt o"]) },
        ];
  const made = [
    { key: "tokenizer.ggml.model", value: scalar("string", model) },
    { key: "tokenizer.ggml.tokens", value: array("string", tokens) },
    {
      key: "tokenizer.ggml.token_type",
      value: array(
        "int32",
        ids.map(() => 1),
      ),
    },
    ...lists,
    { key: "tokenizer.ggml.bos_token_id", value: scalar("uint32", 0) },
    { key: "tokenizer.ggml.eos_token_id", value: scalar("uint32", 1) },
    { key: "tokenizer.ggml.padding_token_id", value: scalar("uint32", 1) },
    { key: "tokenizer.ggml.add_bos_token", value: scalar("bool", true) },
    { key: "tokenizer.chat_template", value: scalar("string", "{% for m in messages %}{{ m.content }}{% endfor %}") },
  ];
  madeTokenizers.set(`${model} ${vocabulary}`, made);
  return made;
}

const madeTokenizers = new Map<string, GgufPlan["keys"]>();
