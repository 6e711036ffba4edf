import type { AskedFor, BegunRun, SentMessage } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { askedModel } from "../runs/askedModel.ts";
import type { ChatsOptions } from "./chatsHandlers.ts";
import { tellFolders } from "./tellFolders.ts";

/**
 * Stores a message with its documents, clears the draft and starts a run. `oneOfSeveral`: see `Runs.start`; `asked`
 * is stored with the reply. Rejects with
 * `prompt-empty`, `chat-busy` or `documents-too-long`; nothing is stored then.
 */
export async function sendMessage(
  {
    store,
    runs,
    models,
    documents,
    onEvent,
  }: Pick<ChatsOptions, "store" | "runs" | "models" | "documents" | "onEvent">,
  { chatId, text, from, attachmentIds = [] }: SentMessage,
  oneOfSeveral?: { seed: number | null; asked: AskedFor },
): Promise<BegunRun> {
  if (text.trim() === "") throw new WorkbenchError("prompt-empty");
  // The store refuses a second reply, but knows of none between two answers to a question that is asked several times.
  if (runs.isHeld(chatId)) throw new WorkbenchError("chat-busy");
  const { begun, modelId, archived } = await documents.folders.whileAsked(chatId, async () => {
    const searchesFolder = (await store.request("searchedFolder", { chatId })) !== null;
    const hasDocuments = attachmentIds.length > 0 || searchesFolder;
    const passages = hasDocuments ? await documents.expectFit({ chatId, text, attachmentIds }) : {};
    const chat = await store.request("readChat", { chatId });
    const model = await models.nameOf(chat.modelId);
    const turn = { chatId, text, model: askedModel(model, oneOfSeveral?.asked), from, attachmentIds, passages };
    return { ...chat, begun: await store.request("beginTurn", turn) };
  });
  if (attachmentIds.length > 0) await documents.tell(chatId);
  if (archived) await tellFolders({ store, onEvent });
  const { draft, pasted } = begun.chat;
  onEvent("chats.draftChanged", { chatId, draft, pasted });
  return runs.start(begun, modelId, oneOfSeveral);
}
