import type { ModelOwner } from "../contract/models.ts";
import { ownerName } from "./ownerName.ts";
import type { Texts } from "./texts.ts";

/** Returns whose file a model is, such as "LM Studio’s file", or null if it is this app’s or the user’s. */
export function ownedFileText(texts: Pick<Texts, "say">, owner: ModelOwner): string | null {
  if (owner === "hugging-face") return texts.say("models:facts.fileInHuggingFaceCache");
  const name = ownerName(texts, owner);
  return name === null ? null : texts.say("models:facts.fileOf", { owner: name });
}
