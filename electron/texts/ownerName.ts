import type { ModelOwner } from "../contract/models.ts";
import type { Texts } from "./texts.ts";

/** In their own spelling, which is the same in every language. */
const appNames: Readonly<Partial<Record<ModelOwner, string>>> = {
  "lm-studio": "LM Studio",
  jan: "Jan",
  gpt4all: "GPT4All",
  ollama: "Ollama",
};

/** Returns the name of the app or folder that a model belongs to, or null if it belongs to this app or the user. */
export function ownerName({ say }: Pick<Texts, "say">, owner: ModelOwner): string | null {
  return owner === "hugging-face" ? say("models:foreign.huggingFaceCache") : (appNames[owner] ?? null);
}
