import { randomWeights } from "./randomWeights.ts";
import type { GgufFile, GgufTensor } from "./writeGguf.ts";

/** The shape of a small decoder for a speed trial. */
export interface TrialShape {
  layers: number;
  width: number;
  heads: number;
  keyValueHeads: number;
  keyLength: number;
  feedForward: number;
  vocabulary: number;
  /** Tensor type of every matrix in the layers. */
  typeName: string;
  /** Tensor type of the output matrix and of the embeddings. */
  outputType: string;
  embeddingType: string;
}

/** Number of bytes of weights that are repeated. More than any second-level cache. */
const patternBytes = 4 * 1024 ** 2;

/**
 * Returns a complete llama model with random weights, as small as its shape. It takes as long as a real one of that
 * shape.
 */
export function trialModel(shape: TrialShape, contextLength: number): GgufFile {
  const { layers, width, heads, keyValueHeads, keyLength, feedForward, vocabulary, typeName } = shape;
  const patterns = new Map<string, Buffer>();
  const pattern = (type: string): Buffer => {
    const made = patterns.get(type) ?? randomWeights(type, patternBytes);
    patterns.set(type, made);
    return made;
  };
  const matrix = (name: string, columns: number, rows: number, type = typeName): GgufTensor => ({
    name,
    dimensions: [columns, rows],
    typeName: type,
    pattern: () => pattern(type),
  });
  const ones = (name: string): GgufTensor => ({
    name,
    dimensions: [width],
    typeName: "F32",
    pattern: () => Buffer.from(new Float32Array(width).fill(1).buffer),
  });
  const layer = (index: number): GgufTensor[] => [
    ones(`blk.${index}.attn_norm.weight`),
    matrix(`blk.${index}.attn_q.weight`, width, heads * keyLength),
    matrix(`blk.${index}.attn_k.weight`, width, keyValueHeads * keyLength),
    matrix(`blk.${index}.attn_v.weight`, width, keyValueHeads * keyLength),
    matrix(`blk.${index}.attn_output.weight`, heads * keyLength, width),
    ones(`blk.${index}.ffn_norm.weight`),
    matrix(`blk.${index}.ffn_gate.weight`, width, feedForward),
    matrix(`blk.${index}.ffn_up.weight`, width, feedForward),
    matrix(`blk.${index}.ffn_down.weight`, feedForward, width),
  ];
  return {
    keys: {
      "general.architecture": "llama",
      "general.name": "Trial for measuring",
      "llama.block_count": layers,
      "llama.context_length": contextLength,
      "llama.embedding_length": width,
      "llama.feed_forward_length": feedForward,
      "llama.attention.head_count": heads,
      "llama.attention.head_count_kv": keyValueHeads,
      "llama.attention.key_length": keyLength,
      "llama.attention.value_length": keyLength,
      "llama.attention.layer_norm_rms_epsilon": { float: 1e-5 },
      "llama.rope.dimension_count": keyLength,
      ...tokenizer(vocabulary),
    },
    tensors: [
      matrix("token_embd.weight", width, vocabulary, shape.embeddingType),
      ones("output_norm.weight"),
      matrix("output.weight", width, vocabulary, shape.outputType),
      ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    ],
  };
}

/**
 * Returns a tokenizer with three special tokens, the 256 byte tokens that llama.cpp requires, and meaningless names.
 */
function tokenizer(vocabulary: number): GgufFile["keys"] {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
  const named = ["<unk>", "<s>", "</s>", ...bytes];
  const strings = Array.from({ length: vocabulary }, (_, id) => named[id] ?? `t${id}`);
  return {
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": { strings },
    "tokenizer.ggml.scores": { floats: Float32Array.from(strings, (_, id) => -id) },
    "tokenizer.ggml.token_type": { integers: Int32Array.from(strings, (_, id) => tokenKind(id)) },
    "tokenizer.ggml.bos_token_id": 1,
    "tokenizer.ggml.eos_token_id": 2,
  };
}

/** Token types as llama.cpp numbers them: unknown, control, byte, normal. */
const tokenKind = (id: number): number => (id === 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1);
