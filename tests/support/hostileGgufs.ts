import type { ErrorCode } from "../../electron/contract/errors.ts";
import {
  array,
  type GgufPlan,
  ggufBytes,
  headerLength,
  type PlannedTensor,
  scalar,
  text,
  uint32,
  uint64,
} from "./GgufPlan.ts";
import { tinyLlama, tinyTokens } from "./tinyLlama.ts";

/** A file that must be refused, and the expected error code. */
export interface HostileGguf {
  name: string;
  code: ErrorCode;
  bytes: () => Buffer;
  /** What llama.cpp or node-llama-cpp's own reader does with it when called directly; tried once. */
  native: "aborts" | "hangs" | "fails or loads";
}

type BentGguf = Omit<HostileGguf, "native">;
type Bend = (plan: GgufPlan) => void;

function bent(name: string, bend: Bend, code: ErrorCode = "model-header-invalid"): BentGguf {
  return {
    name,
    code,
    bytes: () => {
      const plan = tinyLlama();
      bend(plan);
      return ggufBytes(plan);
    },
  };
}

function whole(name: string, bytes: () => Buffer, code: ErrorCode): BentGguf {
  return { name, code, bytes };
}

const set =
  (key: string, value: Buffer): Bend =>
  (plan) => {
    const found = plan.keys.find((entry) => entry.key === key);
    if (found === undefined) plan.keys.push({ key, value });
    else found.value = value;
  };

const remove =
  (key: string): Bend =>
  (plan) => {
    plan.keys = plan.keys.filter((entry) => entry.key !== key);
  };

const tensor =
  (change: (tensor: PlannedTensor) => void, index = 4): Bend =>
  (plan) => {
    const found = plan.tensors[index];
    if (found !== undefined) change(found);
  };

const tiny = () => ggufBytes(tinyLlama());
const tokens = (values: string[]): Bend => set("tokenizer.ggml.tokens", array("string", values));

const containers: BentGguf[] = [
  whole("empty", () => Buffer.alloc(0), "model-file-empty"),
  whole("three bytes", () => Buffer.from("GGU"), "model-truncated"),
  whole("magic only", () => Buffer.from("GGUF"), "model-truncated"),
  whole("a web page", () => Buffer.from("<!DOCTYPE html><html>Sign in</html>"), "model-not-gguf"),
  whole(
    "a git-LFS pointer",
    () => Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
    "model-not-gguf",
  ),
  whole("zeros", () => Buffer.alloc(4096), "model-not-gguf"),
  bent("magic FUGG", (plan) => void (plan.magic = "FUGG"), "model-not-gguf"),
  ...[0, 1, 4, 999, 0x0300_0000].map((version) =>
    bent(`version ${version}`, (plan) => void (plan.version = version), "model-version-unsupported"),
  ),
  whole("cut inside the header", () => tiny().subarray(0, 2000), "model-truncated"),
  whole("cut at the header's end", () => tiny().subarray(0, headerLength(tinyLlama())), "model-truncated"),
  whole("cut inside the weights", () => tiny().subarray(0, 200_000), "model-truncated"),
  whole("last byte missing", () => tiny().subarray(0, -1), "model-truncated"),
  bent("a part of a split model alone", (plan) => {
    plan.keys.push({ key: "split.no", value: scalar("uint16", 1) }, { key: "split.count", value: scalar("uint16", 3) });
  }),
];

const counts: BentGguf[] = [
  bent("no tensors", (plan) => void (plan.tensors = [])),
  bent("a million tensors claimed", (plan) => void (plan.tensorCount = 1_000_000n)),
  bent("2^63-1 tensors claimed", (plan) => void (plan.tensorCount = 2n ** 63n - 1n)),
  bent("-1 tensors claimed", (plan) => void (plan.tensorCount = -1n)),
  bent("2^32 keys claimed", (plan) => void (plan.keyCount = 2n ** 32n)),
  bent("2^63-1 keys claimed", (plan) => void (plan.keyCount = 2n ** 63n - 1n)),
  bent("string of 2^40 bytes", set("general.name", Buffer.concat([uint32(8), text("x", 2n ** 40n)]))),
  bent("string of 2^63 bytes", set("general.name", Buffer.concat([uint32(8), text("x", 2n ** 63n)]))),
  bent("array of 2^34 strings", set("general.tags", array("string", ["x"], 2n ** 34n))),
  bent("array of 2^62 numbers", set("general.tags", array("uint64", [1], 2n ** 62n))),
  bent("array longer than the file", set("general.tags", array("uint8", [1], 2n ** 27n)), "model-truncated"),
  bent(
    "array of arrays",
    set("general.tags", Buffer.concat([uint32(9), uint32(9), uint64(2n ** 40n), uint32(9), uint64(2n ** 40n)])),
  ),
  bent("key of the unknown type 99", set("general.name", Buffer.concat([uint32(99), text("x")]))),
  bent("key of the type -1", set("general.name", Buffer.concat([uint32(0xffff_ffff), text("x")]))),
  bent("array of the unknown type 13", set("general.tags", Buffer.concat([uint32(9), uint32(13), uint64(1n)]))),
  bent("the same key twice", (plan) => plan.keys.push({ key: "general.name", value: scalar("string", "again") })),
  bent("a key with an escape character", (plan) =>
    plan.keys.push({ key: "general.\u001b[2J", value: scalar("uint32", 1) }),
  ),
  bent("a key without a name", (plan) => plan.keys.push({ key: "", value: scalar("uint32", 1) })),
];

const alignments: BentGguf[] = [
  bent("alignment 0", set("general.alignment", scalar("uint32", 0))),
  bent("alignment 3", set("general.alignment", scalar("uint32", 3))),
  bent("alignment 2^31", set("general.alignment", scalar("uint32", 0x8000_0000))),
  bent("alignment as text", set("general.alignment", scalar("string", "32"))),
];

const hyperparameters: BentGguf[] = [
  bent("no architecture", remove("general.architecture")),
  bent("architecture as a number", set("general.architecture", scalar("uint32", 1))),
  ...[0, 513, 100_000, 0x7fff_ffff].map((n) => bent(`${n} layers`, set("llama.block_count", scalar("uint32", n)))),
  bent("layers as text", set("llama.block_count", scalar("string", "1"))),
  ...[0, 3, 5].map((n) => bent(`${n} heads`, set("llama.attention.head_count", scalar("uint32", n)))),
  ...[0, 3].map((n) => bent(`${n} key-value heads`, set("llama.attention.head_count_kv", scalar("uint32", n)))),
  ...[0, 63, 0x8000_0000].map((n) => bent(`width ${n}`, set("llama.embedding_length", scalar("uint32", n)))),
  ...[0, 0xffff_ffff].map((n) => bent(`context ${n}`, set("llama.context_length", scalar("uint32", n)))),
  ...[0, 0xffff_ffff].map((n) => bent(`feed-forward of ${n}`, set("llama.feed_forward_length", scalar("uint32", n)))),
  bent("no feed-forward width", remove("llama.feed_forward_length")),
  bent("heads that vanish in a layer", set("llama.attention.head_count", array("uint32", [0]))),
  bent("rope over 7 dimensions", set("llama.rope.dimension_count", scalar("uint32", 7))),
  bent("unknown rope scaling", set("llama.rope.scaling.type", scalar("string", "sideways"))),
  bent("norm epsilon missing", remove("llama.attention.layer_norm_rms_epsilon")),
  bent("norm epsilon not a number", set("llama.attention.layer_norm_rms_epsilon", scalar("float32", Number.NaN))),
  bent("2,000 experts", set("llama.expert_count", scalar("uint32", 2000))),
  bent("more experts active than there are", (plan) => {
    plan.keys.push({ key: "llama.expert_count", value: scalar("uint32", 2) });
    plan.keys.push({ key: "llama.expert_used_count", value: scalar("uint32", 4) });
  }),
  bent("experts of which none is active", set("llama.expert_count", scalar("uint32", 4))),
  bent("active experts of none", set("llama.expert_used_count", scalar("uint32", 4))),
];

const tokenizers: BentGguf[] = [
  bent("no tokenizer", remove("tokenizer.ggml.model")),
  bent("no tokens", remove("tokenizer.ggml.tokens")),
  bent("an empty vocabulary", tokens([])),
  bent("two equal tokens", tokens([...tinyTokens.slice(0, -1), "a"])),
  bent("all tokens the same", tokens(tinyTokens.map(() => "x"))),
  bent("fewer tokens than embeddings", tokens(tinyTokens.slice(0, 280))),
  bent(
    "tokens as numbers",
    set(
      "tokenizer.ggml.tokens",
      array(
        "int32",
        tinyTokens.map((_, id) => id),
      ),
    ),
  ),
  bent("too few scores", set("tokenizer.ggml.scores", array("float32", [1, 2, 3]))),
  bent(
    "scores of one byte",
    set(
      "tokenizer.ggml.scores",
      array(
        "int8",
        tinyTokens.map(() => 0),
      ),
    ),
  ),
  bent("too few token types", set("tokenizer.ggml.token_type", array("int32", [1, 2, 3]))),
  bent(
    "token types as text",
    set(
      "tokenizer.ggml.token_type",
      array(
        "string",
        tinyTokens.map(() => "1"),
      ),
    ),
  ),
  bent("first token outside the vocabulary", set("tokenizer.ggml.bos_token_id", scalar("uint32", 100_000))),
  bent("end token outside the vocabulary", set("tokenizer.ggml.eos_token_id", scalar("uint32", 0xffff_ffff))),
  bent("unknown token outside the vocabulary", set("tokenizer.ggml.unknown_token_id", scalar("uint32", 5000))),
  bent("a byte-pair tokenizer without merges", set("tokenizer.ggml.model", scalar("string", "gpt2"))),
  bent("no byte tokens", tokens(tinyTokens.map((token, id) => (token.startsWith("<0x") ? `piece${id}` : token)))),
  bent("a template of 5 MB", set("tokenizer.chat_template", scalar("string", "x".repeat(5_000_000)))),
  bent("a template as a number", set("tokenizer.chat_template", scalar("uint32", 1))),
];

const tensors: BentGguf[] = [
  bent(
    "tensor of five dimensions",
    tensor((t) => void (t.dimensions = [8, 8, 8, 8, 1])),
  ),
  bent(
    "tensor of 2^32-1 dimensions",
    tensor((t) => void (t.dimensionCount = 0xffff_ffff)),
  ),
  bent(
    "tensor of no dimensions",
    tensor((t) => void (t.dimensions = [])),
  ),
  bent(
    "tensor with an empty dimension",
    tensor((t) => void (t.dimensions = [64, 0])),
  ),
  bent(
    "tensor with a dimension of -1",
    tensor((t) => void (t.dimensions = [64, -1n])),
  ),
  bent(
    "tensor of 2^31 by 2^31",
    tensor((t) => void (t.dimensions = [2n ** 31n, 2n ** 31n])),
  ),
  bent(
    "tensor of 2^62 by 4",
    tensor((t) => void (t.dimensions = [2n ** 62n, 4n])),
  ),
  ...[99, 0xffff_ffff, 4, 31].map((type) =>
    bent(
      `tensor of the type ${type}`,
      tensor((t) => void (t.type = type)),
    ),
  ),
  bent(
    "Q4_0 rows that do not divide",
    tensor((t) => void Object.assign(t, { type: 2, dimensions: [31, 64] })),
  ),
  bent(
    "Q8_0 with the bytes of F32",
    tensor((t) => void (t.type = 8)),
  ),
  bent(
    "last tensor larger than the file",
    tensor((t) => void (t.dimensions = [128, 1_000_000]), 11),
    "model-truncated",
  ),
  bent(
    "tensor past the end",
    tensor((t) => void (t.offset = 10_000_000n)),
  ),
  bent(
    "tensor at 2^64-32",
    tensor((t) => void (t.offset = 2n ** 64n - 32n)),
  ),
  bent(
    "tensor at an odd place",
    tensor((t) => void (t.offset = 77n)),
  ),
  bent("all tensors at one place", (plan) => {
    for (const each of plan.tensors) each.offset = 0n;
  }),
  bent(
    "tensor name of 100 bytes",
    tensor((t) => void (t.name = "x".repeat(100))),
  ),
  bent(
    "tensor name of 1 MB",
    tensor((t) => void (t.name = "x".repeat(1_000_000))),
  ),
  bent(
    "two tensors of one name",
    tensor((t) => void (t.name = "blk.0.attn_k.weight")),
  ),
  bent(
    "no embeddings",
    tensor((t) => void (t.name = "unused.weight"), 0),
  ),
  bent(
    "embeddings the wrong way round",
    tensor((t) => void t.dimensions.reverse(), 0),
  ),
];

/** Called directly, node-llama-cpp 3.21.1 terminates its process on these (tried one by one, on the CPU). */
const aborting = new Set([
  "0 layers",
  "513 layers",
  "100000 layers",
  "2147483647 layers",
  "0 heads",
  "0 key-value heads",
  "feed-forward of 0",
  "no feed-forward width",
  "heads that vanish in a layer",
  "unknown rope scaling",
  "norm epsilon not a number",
  "2,000 experts",
  "more experts active than there are",
  "experts of which none is active",
  "active experts of none",
  "an empty vocabulary",
  "two equal tokens",
  "all tokens the same",
  "no byte tokens",
]);
/** On these, it does not return within 15 seconds. */
const hanging = new Set(["array of 2^62 numbers", "array longer than the file", "tensor of 2^32-1 dimensions"]);

/** Files that must never reach native code. */
export const hostileGgufs: HostileGguf[] = [
  ...containers,
  ...counts,
  ...alignments,
  ...hyperparameters,
  ...tokenizers,
  ...tensors,
].map((file) => ({
  ...file,
  native: aborting.has(file.name) ? "aborts" : hanging.has(file.name) ? "hangs" : "fails or loads",
}));

/** Odd but valid files, which must be accepted. */
export const oddButSoundGgufs: { name: string; bytes: () => Buffer }[] = [
  { name: "as written", bytes: tiny },
  { name: "1 MB behind the end", bytes: () => Buffer.concat([tiny(), Buffer.alloc(1_000_000)]) },
  { name: "version 2", bytes: bent("", (plan) => void (plan.version = 2)).bytes },
  {
    name: "alignment 64",
    bytes: bent("", (plan) => {
      plan.alignment = 64;
      plan.keys.push({ key: "general.alignment", value: scalar("uint32", 64) });
    }).bytes,
  },
  { name: "a key nobody knows", bytes: bent("", set("general.mood", array("string", ["calm", ""]))).bytes },
  { name: "heads per layer as a list", bytes: bent("", set("llama.attention.head_count", array("uint32", [2]))).bytes },
  { name: "an empty token", bytes: bent("", tokens([...tinyTokens.slice(0, -1), ""])).bytes },
  {
    name: "no padding token, written as -1",
    bytes: bent("", set("tokenizer.ggml.padding_token_id", scalar("uint32", 0xffff_ffff))).bytes,
  },
];
