import type { AskedFor, Message } from "../../contract/chats.ts";

/** Returns who is to write a reply, and the vote or the comparison that it is part of. */
export function askedModel(model: Message["model"], asked: AskedFor | undefined): Message["model"] {
  return asked === undefined ? model : { ...(model ?? { id: "", name: "" }), asked };
}
