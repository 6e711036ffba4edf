import type { Vocabulary } from "../../../electron/engine/prompt/Vocabulary.ts";

const special = new Map([
  ["<｜User｜>", 257],
  ["<｜Assistant｜>", 258],
  ["<｜begin▁of▁sentence｜>", 259],
  ["<think>", 260],
  ["</think>", 261],
  ["<｜end▁of▁sentence｜>", 262],
]);
const userDefined = ["<think>", "</think>"];

/** A byte-level vocabulary that, like llama.cpp, also finds user-defined tokens in plain text. */
export const byteVocabulary: Vocabulary = {
  special,
  userDefined,
  cutsAtWords: true,
  bos: 259,
  tokenizeText: (text) =>
    text
      .split(/(<think>|<\/think>)/)
      .flatMap((part) => (userDefined.includes(part) ? [special.get(part) ?? 0] : [...Buffer.from(part)])),
};
