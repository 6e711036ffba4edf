import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** DeepSeek's replacements for Qwen's own special tokens. Type 3 is control, 4 is user-defined. */
const r1Tokens = new Map<number, [spelling: string, type: number]>([
  [151643, ["<｜end▁of▁sentence｜>", 3]],
  [151644, ["<｜User｜>", 3]],
  [151645, ["<｜Assistant｜>", 3]],
  [151646, ["<｜begin▁of▁sentence｜>", 3]],
  [151647, ["<|EOT|>", 3]],
  [151648, ["<think>", 4]],
  [151649, ["</think>", 4]],
]);
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

/**
 * Writes a GGUF with the whole vocabulary of R1's Qwen distills and no weights, and returns its path and its chat
 * template. The sources are llama.cpp's own test files, from node-llama-cpp's package.
 */
export function writeQwenR1Vocabulary(): {
  path: string;
  /** The same vocabulary without R1's tokens, in which `<think>` is tokenized as plain text. */
  plainPath: string;
  template: string;
  dispose: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "vocabulary-"));
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
  const template = show("templates/deepseek-ai-DeepSeek-R1-Distill-Qwen-32B.jinja").toString("utf8");
  const path = join(folder, "qwen-r1.gguf");
  const plainPath = join(folder, "qwen.gguf");
  writeFileSync(plainPath, show("ggml-vocab-qwen2.gguf"));
  writeFileSync(path, asR1(show("ggml-vocab-qwen2.gguf")));
  rmSync(sources, { recursive: true });
  return { path, plainPath, template, dispose: () => rmSync(folder, { recursive: true }) };
}

/** Copies a vocabulary-only GGUF key by key and inserts R1's tokens. */
function asR1(source: Buffer): Buffer {
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
      const r1 = r1Tokens.get(index);
      if (r1 !== undefined && name === "tokenizer.ggml.tokens") out.push(text(r1[0]));
      else if (r1 !== undefined && name === "tokenizer.ggml.token_type") out.push(uint32(r1[1]));
      else out.push(source.subarray(itemStart, at));
    }
  }
  const added = [
    Buffer.concat([text("tokenizer.ggml.pre"), uint32(stringType), text("deepseek-r1-qwen")]),
    Buffer.concat([text("tokenizer.ggml.bos_token_id"), uint32(4), uint32(151646)]),
    Buffer.concat([text("tokenizer.ggml.eos_token_id"), uint32(4), uint32(151643)]),
    Buffer.concat([text("tokenizer.ggml.add_bos_token"), uint32(7), Buffer.from([1])]),
  ];
  const header = Buffer.concat([source.subarray(0, 16), uint64(kept + added.length)]);
  return Buffer.concat([header, ...out, ...added, Buffer.alloc(32)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** A GGUF string: its length, then its bytes. */
function text(value: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
}
