import type { Message } from "../../../electron/contract/chats.ts";

/** Invisible characters that would reorder or hide the words around them. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

/** Returns the name on screen of a reply's model, with hostile characters removed, or null if it is not known. */
export function replyModelName(model: Message["model"]): string | null {
  const name = [model?.name, model?.id].map((text) => (text ?? "").replace(unseen, " ").trim()).find(Boolean);
  return name ?? null;
}
