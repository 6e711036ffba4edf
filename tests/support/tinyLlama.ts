import { array, type GgufPlan, type PlannedTensor, scalar } from "./GgufPlan.ts";
import { seededRandom } from "./seededRandom.ts";

const layers = 1;
const width = 64;
const heads = 2;
const feedForward = 128;

/** A template in the ChatML format, short enough to read in the output of a failed test. */
const chatTemplate =
  "{% for message in messages %}<|{{ message.role }}|>{{ message.content }}\n{% endfor %}" +
  "{% if add_generation_prompt %}<|assistant|>{% endif %}";

/** The tokens of a SentencePiece vocabulary: three special ones, the 256 bytes, and some pieces. */
export const tinyTokens: readonly string[] = [
  "<unk>",
  "<s>",
  "</s>",
  ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`),
  ..."abcdefghijklmnopqrstuvwxyz".split(""),
  ..."0123456789+-=?.".split(""),
];

/** Returns a complete llama model of about 320 KB with random weights, the smallest that llama.cpp will load. */
export function tinyLlama(): GgufPlan {
  const tokens = [...tinyTokens];
  const types = tokens.map((_, id) => (id === 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1));
  return {
    magic: "GGUF",
    version: 3,
    alignment: 32,
    keys: [
      { key: "general.architecture", value: scalar("string", "llama") },
      { key: "general.name", value: scalar("string", "Tiny Llama") },
      { key: "general.license", value: scalar("string", "mit") },
      { key: "general.file_type", value: scalar("uint32", 0) },
      { key: "llama.block_count", value: scalar("uint32", layers) },
      { key: "llama.context_length", value: scalar("uint32", 512) },
      { key: "llama.embedding_length", value: scalar("uint32", width) },
      { key: "llama.feed_forward_length", value: scalar("uint32", feedForward) },
      { key: "llama.attention.head_count", value: scalar("uint32", heads) },
      { key: "llama.attention.head_count_kv", value: scalar("uint32", heads) },
      { key: "llama.attention.layer_norm_rms_epsilon", value: scalar("float32", 1e-5) },
      { key: "llama.rope.dimension_count", value: scalar("uint32", width / heads) },
      { key: "tokenizer.ggml.model", value: scalar("string", "llama") },
      { key: "tokenizer.ggml.tokens", value: array("string", tokens) },
      {
        key: "tokenizer.ggml.scores",
        value: array(
          "float32",
          tokens.map((_, id) => -id),
        ),
      },
      { key: "tokenizer.ggml.token_type", value: array("int32", types) },
      { key: "tokenizer.ggml.bos_token_id", value: scalar("uint32", 1) },
      { key: "tokenizer.ggml.eos_token_id", value: scalar("uint32", 2) },
      { key: "tokenizer.chat_template", value: scalar("string", chatTemplate) },
    ],
    tensors: tinyTensors(tokens.length),
  };
}

function tinyTensors(vocabulary: number): PlannedTensor[] {
  const random = seededRandom(7);
  const matrix = (name: string, columns: number, rows: number): PlannedTensor => ({
    name,
    dimensions: [columns, rows],
    type: 0,
    data: floats(columns * rows, () => (random() - 0.5) * 0.1),
  });
  const ones = (name: string): PlannedTensor => ({ name, dimensions: [width], type: 0, data: floats(width, () => 1) });
  return [
    matrix("token_embd.weight", width, vocabulary),
    ones("output_norm.weight"),
    matrix("output.weight", width, vocabulary),
    ones("blk.0.attn_norm.weight"),
    ...["q", "k", "v", "output"].map((part) => matrix(`blk.0.attn_${part}.weight`, width, width)),
    ones("blk.0.ffn_norm.weight"),
    matrix("blk.0.ffn_gate.weight", width, feedForward),
    matrix("blk.0.ffn_up.weight", width, feedForward),
    matrix("blk.0.ffn_down.weight", feedForward, width),
  ];
}

function floats(count: number, value: () => number): Buffer {
  const bytes = Buffer.alloc(count * 4);
  for (let index = 0; index < count; index++) bytes.writeFloatLE(value(), index * 4);
  return bytes;
}
