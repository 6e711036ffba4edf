import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { text, uint32, uint64 } from "../GgufPlan.ts";

interface R1Vocabulary {
  /** The file in llama.cpp's sources that it is made from. */
  source: string;
  /** How the text is cut before it is tokenized. */
  pre: string;
  bos: number;
  eos: number;
  /** DeepSeek's replacements for special tokens. Type 3 is control, 4 is user-defined. */
  tokens: ReadonlyMap<number, readonly [spelling: string, type: number]>;
}

/** Where R1's special tokens are: those of a sentence, then user, assistant and thought. */
function r1Tokens(eos: number, bos: number, others: number): R1Vocabulary["tokens"] {
  return new Map([
    [eos, ["<｜end▁of▁sentence｜>", 3]],
    [bos, ["<｜begin▁of▁sentence｜>", 3]],
    [others, ["<｜User｜>", 3]],
    [others + 1, ["<｜Assistant｜>", 3]],
    [others + 2, ["<think>", 4]],
    [others + 3, ["</think>", 4]],
  ]);
}

const qwen: R1Vocabulary = {
  source: "ggml-vocab-qwen2.gguf",
  pre: "deepseek-r1-qwen",
  bos: 151646,
  eos: 151643,
  tokens: new Map([
    [151643, ["<｜end▁of▁sentence｜>", 3]],
    [151644, ["<｜User｜>", 3]],
    [151645, ["<｜Assistant｜>", 3]],
    [151646, ["<｜begin▁of▁sentence｜>", 3]],
    [151647, ["<|EOT|>", 3]],
    [151648, ["<think>", 4]],
    [151649, ["</think>", 4]],
  ]),
};
const llama: R1Vocabulary = {
  source: "ggml-vocab-llama-bpe.gguf",
  pre: "llama-bpe",
  bos: 128000,
  eos: 128001,
  tokens: r1Tokens(128001, 128000, 128011),
};
/** R1's own vocabulary is not among llama.cpp's files. This is that of an earlier model of DeepSeek. */
const deepseek: R1Vocabulary = {
  source: "ggml-vocab-deepseek-llm.gguf",
  pre: "deepseek-v3",
  bos: 100000,
  eos: 100001,
  tokens: r1Tokens(100001, 100000, 100015),
};

const replaced = /_token_id$|tokenizer\.ggml\.(pre|add_bos_token)$/;
const stringType = 8;
const arrayType = 9;
const scalarBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};

export interface R1Vocabularies {
  /** The paths of the vocabularies of R1's distills from Qwen and Llama, and one like R1's own. */
  paths: Record<"qwen" | "llama" | "deepseek", string>;
  /** Qwen's and Llama's vocabularies without R1's tokens, in which `<think>` is tokenized as plain text. */
  plainPaths: Record<"qwen" | "llama", string>;
  /** The chat template of R1-Distill-Qwen. */
  template: string;
  dispose: () => void;
}

/**
 * Writes GGUF files with whole vocabularies and no weights. The sources are llama.cpp's own test files, from
 * node-llama-cpp's package.
 */
export function writeR1Vocabularies(): R1Vocabularies {
  const folder = mkdtempSync(join(tmpdir(), "vocabularies-"));
  const bundle = join(
    dirname(fileURLToPath(import.meta.resolve("node-llama-cpp"))),
    "..",
    "llama",
    "gitRelease.bundle",
  );
  const sources = join(folder, "sources.git");
  execFileSync("git", ["clone", "-q", "--bare", bundle, sources], { stdio: "ignore" });
  const show = (path: string): Buffer =>
    execFileSync("git", ["-C", sources, "show", `HEAD:models/${path}`], { maxBuffer: 64 * 1024 * 1024 });
  const write = (name: string, bytes: Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const made = {
    template: show("templates/deepseek-ai-DeepSeek-R1-Distill-Qwen-32B.jinja").toString("utf8"),
    paths: {
      qwen: write("qwen-r1.gguf", asR1(show(qwen.source), qwen)),
      llama: write("llama-r1.gguf", asR1(show(llama.source), llama)),
      deepseek: write("deepseek-r1.gguf", asR1(show(deepseek.source), deepseek)),
    },
    plainPaths: { qwen: write("qwen.gguf", show(qwen.source)), llama: write("llama.gguf", show(llama.source)) },
  };
  rmSync(sources, { recursive: true });
  return { ...made, dispose: () => rmSync(folder, { recursive: true }) };
}

/** Copies a vocabulary-only GGUF key by key and inserts R1's tokens. */
function asR1(source: Buffer, { pre, bos, eos, tokens }: R1Vocabulary): Buffer {
  let at = 16;
  const size = (): number => {
    at += 8;
    return Number(source.readBigUInt64LE(at - 8));
  };
  const skip = (type: number): void => {
    // Not `at += size()`, which would add to the position from before `size` moved it.
    const bytes = type === stringType ? size() : (scalarBytes[type] ?? Number.NaN);
    at += bytes;
  };
  const keys = size();
  const out: Buffer[] = [];
  let kept = 0;
  for (let key = 0; key < keys; key++) {
    const start = at;
    const length = size();
    const name = source.toString("utf8", at, at + length);
    at += length;
    const type = source.readUInt32LE(at);
    at += 4;
    if (type !== arrayType) {
      skip(type);
      if (replaced.test(name)) continue;
      kept++;
      out.push(source.subarray(start, at));
      continue;
    }
    const itemType = source.readUInt32LE(at);
    at += 4;
    const count = size();
    kept++;
    out.push(source.subarray(start, at));
    for (let index = 0; index < count; index++) {
      const itemStart = at;
      skip(itemType);
      const r1 = tokens.get(index);
      if (r1 !== undefined && name === "tokenizer.ggml.tokens") out.push(text(r1[0]));
      else if (r1 !== undefined && name === "tokenizer.ggml.token_type") out.push(uint32(r1[1]));
      else out.push(source.subarray(itemStart, at));
    }
  }
  const added = [
    Buffer.concat([text("tokenizer.ggml.pre"), uint32(stringType), text(pre)]),
    Buffer.concat([text("tokenizer.ggml.bos_token_id"), uint32(4), uint32(bos)]),
    Buffer.concat([text("tokenizer.ggml.eos_token_id"), uint32(4), uint32(eos)]),
    Buffer.concat([text("tokenizer.ggml.add_bos_token"), uint32(7), Buffer.from([1])]),
  ];
  const header = Buffer.concat([source.subarray(0, 16), uint64(BigInt(kept + added.length))]);
  return Buffer.concat([header, ...out, ...added, Buffer.alloc(32)]);
}
