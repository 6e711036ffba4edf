import type { LlamaModel, Token } from "node-llama-cpp";
import type { Vocabulary } from "./Vocabulary.ts";

/** GGUF token types (`tokenizer.ggml.token_type`). */
const normalType = 1;
const unusedType = 5;
const byteType = 6;

/** Reads the parts of the model's vocabulary that prompt building needs. Called once per load. */
export function readVocabulary(model: LlamaModel): Vocabulary {
  const metadata = model.fileInfo.metadata.tokenizer.ggml;
  const spellings: readonly string[] = metadata.tokens;
  const types: readonly number[] = metadata.token_type ?? [];
  const special = new Map<string, number>();
  const userDefined: string[] = [];
  for (const [id, spelling] of spellings.entries()) {
    const type = types[id] ?? normalType;
    const bracketed = spelling.length > 2 && spelling.startsWith("<") && spelling.endsWith(">");
    if (spelling === "" || type === unusedType || type === byteType || (type === normalType && !bracketed)) continue;
    // llama.cpp converts some tokens of the normal type (such as <|im_end|>) to control tokens when it loads them.
    const attributes = model.getTokenAttributes(id as Token);
    if (attributes.control || attributes.userDefined || attributes.unknown) special.set(spelling, id);
    if (attributes.userDefined && bracketed) userDefined.push(spelling);
  }
  const bos = model.tokens.bos;
  const wantsBos = metadata.add_bos_token ?? model.tokens.shouldPrependBosToken;
  return {
    tokenizeText: (text) => model.tokenize(text, false),
    special,
    userDefined,
    cutsAtWords: metadata.model === "gpt2",
    bos: bos !== null && wantsBos ? bos : null,
  };
}
