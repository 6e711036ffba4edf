import type { Message } from "../../../electron/contract/chats.ts";

/** Invisible characters that would reorder or hide the words around them. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

/** Returns a name that was stored with a reply as it is shown. */
export const plainName = (name: string): string => name.replace(unseen, " ").trim();

/** Returns the name on screen of a reply's model, with hostile characters removed, or null if it is not known. */
export function replyModelName(model: Message["model"]): string | null {
  const name = [model?.name, model?.id].map((text) => plainName(text ?? "")).find(Boolean);
  return name ?? null;
}
