import type { DocumentUnit, PageRange } from "../contract/documents.ts";
import type { PromptMessage } from "../contract/engineProtocol.ts";
import { WorkbenchError } from "../contract/errors.ts";
import { ChatStore } from "../workbench/chats/ChatStore.ts";
import type { PassageText } from "../workbench/chats/DocumentTable.ts";
import { mostThatFit } from "../workbench/documents/mostThatFit.ts";
import { numberedPassages } from "../workbench/documents/numberedPassages.ts";
import { passageLimits } from "../workbench/documents/passageLimits.ts";
import { remembered } from "../workbench/documents/remembered.ts";
import { promptMessages } from "../workbench/runs/promptMessages.ts";
import type { NamedDocument } from "./readDocuments.ts";

/** A passage that is sent, as it is told on the terminal. */
export interface SentPassage extends PassageText {
  name: string;
  unit: DocumentUnit | null;
}

/** Resolves with the size of a prompt, and of the context it must fit into, in tokens; null if that is not known. */
export type Measure = (messages: PromptMessage[]) => Promise<{ tokens: number; contextSize: number | null }>;

/**
 * Resolves with a question about those passages of documents that it finds, as in a chat of the window; with `pages`, of
 * these pages. Nothing is stored. Rejects with `passages-not-found` or `pages-not-there`.
 */
export async function searchDocuments(
  documents: readonly NamedDocument[],
  { question, pages }: { question: string; pages: PageRange[] | null },
  measure: Measure,
): Promise<{ messages: PromptMessage[]; passages: SentPassage[] }> {
  const store = new ChatStore(null);
  try {
    const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
    const attachmentIds = documents.map(({ name, document }) => {
      const { id: attachmentId } = store.documents.addDocument({ chatId, name, document });
      return store.documents.changeAttachment({ attachmentId, use: "search", pages }).id;
    });
    const asked = { chatId, text: question, attachmentIds };
    while (store.documents.indexPassages(asked));
    const found = store.documents.findPassages({ ...asked, most: passageLimits.most });
    if (found === null || found.passages.length === 0) {
      throw new WorkbenchError("passages-not-found", { names: documents.map(({ name }) => name) });
    }
    const read = remembered(async (count) => {
      const passages = numberedPassages(found, attachmentIds, count);
      const { chat, messages, files } = store.documents.previewTurn({ ...asked, passages });
      return { messages: promptMessages(chat, messages, files), files };
    });
    const measured = remembered(async (count) => measure((await read(count)).messages));
    const { contextSize } = await measured(0);
    const most = found.passages.length;
    const tokensOf = async (some: number): Promise<number> => (await measured(some)).tokens;
    const count = contextSize === null ? most : await mostThatFit(most, contextSize, tokensOf);
    const { messages, files } = await read(count);
    const passages = Object.values(files)
      .flat()
      .flatMap((file) =>
        "passages" in file ? file.passages.map((each) => ({ ...each, name: file.name, unit: file.unit })) : [],
      );
    return { messages, passages };
  } finally {
    store.close();
  }
}
