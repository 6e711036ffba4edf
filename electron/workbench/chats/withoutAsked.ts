import type { Message } from "../../contract/chats.ts";

/** Returns who wrote a reply, without the vote or the comparison that it is part of. */
export function withoutAsked(model: Message["model"]): Message["model"] {
  if (model === null) return null;
  const { asked: _asked, ...others } = model;
  return others;
}
