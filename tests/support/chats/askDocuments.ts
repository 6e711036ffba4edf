import { expect } from "vitest";
import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { FoundPassages, OfQuestion } from "../../../electron/workbench/chats/passages/DocumentPassages.ts";
import { numberedPassages } from "../../../electron/workbench/documents/numberedPassages.ts";
import { promptMessages } from "../../../electron/workbench/runs/promptMessages.ts";

/** Prepares what is searched for a question, and returns what was found. */
export function findPassages({ documents }: ChatStore, question: OfQuestion): FoundPassages {
  while (documents.indexPassages(question));
  const found = documents.findPassages({ ...question, most: 20 });
  if (found === null) throw new Error("Not prepared.");
  return found;
}

/** Asks a question about documents with at most so many passages. Returns its turn, and its prompt as it was shown before. */
export function askDocuments(store: ChatStore, question: OfQuestion & { attachmentIds: string[] }, most: number) {
  const passages = numberedPassages(findPassages(store, question), question.attachmentIds, most);
  const previewed = store.documents.previewTurn({ ...question, passages });
  const begun = store.beginTurn({ ...question, model: null, passages });
  const done = { text: "So [1].", thought: null, state: "done", stats: null, problem: null } as const;
  store.finishReply({ messageId: begun.reply.id, ...done });
  // What was shown before is what is sent.
  const prompt = promptMessages(begun.chat, begun.history, begun.files);
  expect(promptMessages(previewed.chat, previewed.messages, previewed.files)).toEqual(prompt);
  return { ...begun, prompt };
}
