import { type Problem, problemOf } from "../../contract/errors.ts";
import type { Container } from "./container.ts";
import { damagedHeader } from "./damagedHeader.ts";
import { arrayType, type MetadataValue } from "./metadata.ts";

const maxTemplateBytes = 64 * 1024;
const maxMerges = 4_194_304;
/** The value with which converters write "none" into an unsigned field. */
const noToken = 0xffff_ffff;

/** Values of `tokenizer.ggml.model` in src/llama-vocab.cpp, `llama_vocab::impl::load`. */
const tokenizerModels = new Set(["llama", "bert", "gpt2", "hybriddna", "whitespace", "t5", "rwkv", "plamo2", "gemma4"]);

/**
 * Checks that the tokenizer's lists are consistent. Throws `model-header-invalid`. Returns an unknown tokenizer as a
 * problem.
 */
export function checkTokenizer({ values, vocabulary }: Container): Problem[] {
  const model = values.get("tokenizer.ggml.model");
  if (model === undefined) throw damagedHeader("it names no tokenizer");
  if (typeof model !== "string") throw damagedHeader("the name of its tokenizer is not text");
  if (vocabulary.count === 0) {
    if (model === "no_vocab" || model === "none") return [problemOf("model-not-chat", { case: "noVocabulary" })];
    throw damagedHeader("its vocabulary is missing");
  }
  checkList(values.get("tokenizer.ggml.scores"), "scores", [arrayType.float32, arrayType.int32], vocabulary.count);
  checkList(values.get("tokenizer.ggml.token_type"), "token types", [arrayType.int32], vocabulary.count);
  checkMerges(values.get("tokenizer.ggml.merges"), model, values.get("tokenizer.ggml.pre"));
  checkTokenIds(values, vocabulary.count);
  // Without them, text outside the vocabulary throws in llama.cpp's tokenizer and ends the process.
  if (model === "llama" && vocabulary.byteTokens < 256) throw damagedHeader("its vocabulary lacks the byte tokens");
  if (tokenizerModels.has(model)) return [];
  return [problemOf("model-architecture-unsupported", { case: "tokenizer", tokenizer: model.slice(0, 40) })];
}

/** Returns the chat template, or null. Throws if it is not text or implausibly long. */
export function readChatTemplate({ values }: Container): string | null {
  const template = values.get("tokenizer.chat_template");
  if (template === undefined || template === "") return null;
  const bytes = typeof template === "string" ? Buffer.byteLength(template) : stringBytes(template);
  if (bytes === null) throw damagedHeader("its chat template is not text");
  if (typeof template !== "string" || bytes > maxTemplateBytes) {
    throw damagedHeader(`its chat template has ${bytes.toLocaleString("en")} bytes, more than 64 KB`);
  }
  return template;
}

function checkList(value: MetadataValue | undefined, what: string, types: number[], tokens: number): void {
  if (value === undefined) return;
  if (typeof value !== "object" || !("count" in value) || !types.includes(value.elementType)) {
    throw damagedHeader(`its ${what} are not a list of numbers`);
  }
  if (value.count !== tokens) {
    throw damagedHeader(`it has ${value.count.toLocaleString("en")} ${what} for ${tokens.toLocaleString("en")} tokens`);
  }
}

function checkMerges(merges: MetadataValue | undefined, model: string, pre: MetadataValue | undefined): void {
  if (merges === undefined) {
    if (model === "gpt2" && pre !== "kimi-k2") throw damagedHeader("its tokenizer's merges are missing");
    return;
  }
  const sound = typeof merges === "object" && "count" in merges && merges.elementType === arrayType.string;
  if (!sound || merges.count > maxMerges) throw damagedHeader("its tokenizer's merges are not a list of texts");
}

function checkTokenIds(values: Map<string, MetadataValue>, tokens: number): void {
  for (const [key, value] of values) {
    if (!/^tokenizer\.ggml\.\w+_token_id$/.test(key)) continue;
    const needed = key === "tokenizer.ggml.bos_token_id" || key === "tokenizer.ggml.eos_token_id";
    if (!needed && (value === noToken || value === -1)) continue;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value >= tokens) {
      throw damagedHeader(`"${key}" is outside its vocabulary`);
    }
  }
}

function stringBytes(value: MetadataValue): number | null {
  return typeof value === "object" && "stringBytes" in value ? value.stringBytes : null;
}
