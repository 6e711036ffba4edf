import type { ModelOwner } from "../contract/models.ts";

/** The other apps' names in their own spelling. */
export const ownerNames: Readonly<Partial<Record<ModelOwner, string>>> = {
  "lm-studio": "LM Studio",
  jan: "Jan",
  gpt4all: "GPT4All",
  "hugging-face": "Hugging Face cache",
  ollama: "Ollama",
};
