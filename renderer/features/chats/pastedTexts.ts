import type { Draft } from "../../../electron/contract/chats.ts";

/** A longer text is folded when it is pasted, since the field would lay out all of it at each key. */
export const foldedChars = 4_000;
/** A draft or a message to edit may be longer before it is folded, because it may have been typed. */
const foldedDraftChars = 20_000;

/** Returns the draft as the composer shows it: a very long one is folded like a pasted text. */
export function foldedDraft({ draft, pasted }: Draft): Draft {
  return draft.length > foldedDraftChars ? { draft: "", pasted: [draft, ...pasted] } : { draft, pasted };
}
