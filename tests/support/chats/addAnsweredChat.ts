import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";

const stats: ReplyStats = {
  promptTokens: 1,
  cachedTokens: 0,
  thoughtTokens: 1,
  answerTokens: 1,
  ttftMs: 1,
  thoughtMs: 1,
  thoughtCut: null,
  prefillTokensPerSecond: 1,
  tokensPerSecond: 1,
  stopReason: "end",
  speedSamples: [],
};

/** Adds a chat with so many questions and answers. Returns the chat's id. */
export function addAnsweredChat(store: ChatStore, title: string, turns = 1, padding = ""): string {
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  for (let turn = 1; turn <= turns; turn++) {
    const { reply } = store.beginTurn({ chatId, text: `${title} question ${turn} ${padding}`, model: null });
    const end = { state: "done", stats, problem: null } as const;
    store.finishReply({ messageId: reply.id, text: `${title} answer ${turn} ${padding}`, thought: "Hm.", ...end });
  }
  store.renameChat({ chatId, title });
  return chatId;
}
