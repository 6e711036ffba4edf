import type { BegunRun, Draft } from "../../electron/contract/chats.ts";
import type { DocumentsStore } from "./documents.ts";
import type { Door } from "./door.ts";
import type { Drafts } from "./drafts.ts";

/** A message, and the draft that it is made from. */
export interface SentDraft {
  chatId: string;
  text: string;
  from: Draft;
  /** How many answers it is to get, which are compared. If left out, one. */
  answers?: number | undefined;
}

/**
 * Sends a draft as a message, with its documents. Resolves with its run once main has stored it. What was typed since
 * stays the draft.
 */
export async function sendDraft(
  door: Pick<Door, "call">,
  { drafts, documents }: { drafts: Pick<Drafts, "sending">; documents: DocumentsStore },
  { chatId, text, from, answers }: SentDraft,
): Promise<BegunRun> {
  const attachmentIds = documents.getState().idsToSend(chatId);
  const message = { chatId, text, from, ...(attachmentIds.length > 0 && { attachmentIds }) };
  const begun =
    answers === undefined
      ? door.call("chats.send", message)
      : door.call("votes.ask", { ...message, answers }).then((asked) => asked.begun);
  const sent = begun.then(
    () => true,
    () => false,
  );
  drafts.sending(chatId, from, sent);
  return await begun;
}
