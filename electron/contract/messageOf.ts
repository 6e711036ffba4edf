import type { Draft } from "./chats.ts";

/** Returns the message that a draft becomes: what was typed, then each pasted text after a blank line. */
export function messageOf({ draft, pasted }: Draft): string {
  return pasted.length === 0 ? draft : [draft.trimEnd(), ...pasted].filter((text) => text !== "").join("\n\n");
}
