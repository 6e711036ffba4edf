import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { ReplyStats } from "../../../electron/contract/chats.ts";

const model = { id: "nano", name: "R1 Nano" };
const stats: ReplyStats = {
  promptTokens: 12,
  cachedTokens: 0,
  thoughtTokens: 5,
  answerTokens: 3,
  ttftMs: 12.5,
  thoughtMs: 88,
  thoughtCut: null,
  prefillTokensPerSecond: 310.25,
  tokensPerSecond: null,
  stopReason: "end",
  speedSamples: [1, 2.5, 1e-7],
};

/** Fills a store with everything that a chat can have, except for folders and the archive. Returns the ids of its chats. */
export function fillStore(store: ChatStore): string[] {
  const ask = (chatId: string, text: string): string => store.beginTurn({ chatId, text, model }).reply.id;
  const plain = store.createChat({ thinking: "on", modelId: "nano" }).id;
  const first = ask(plain, 'How do quokkas smile? \u0000 \u{1F998} \uD800 </script> \u2028 "quoted"\nsecond line');
  store.finishReply({
    messageId: first,
    text: "With **teeth**.",
    thought: "Hm, \uDFFF",
    state: "done",
    stats,
    problem: null,
  });
  const second = store.beginVersion({ messageId: first, model: { id: "other", name: "Other\u202E" } }).reply.id;
  store.finishReply({
    messageId: second,
    text: "Quokka quokka",
    thought: null,
    state: "stopped",
    stats: null,
    problem: null,
  });
  const third = ask(plain, "more");
  store.finishReply({
    messageId: third,
    text: "",
    thought: "only",
    state: "failed",
    stats: null,
    problem: { code: "engine-down", facts: { case: "signal", signal: "SIGKILL" } },
  });
  store.editReply({ messageId: third, text: "Written by me \u2028 \uD800" });
  store.selectVersion({ messageId: first });
  store.savePlace({
    chatId: plain,
    place: { messageId: second, from: "answer", offsetPixels: 12.5, widthPixels: 700 },
  });

  const settled = store.createChat({ thinking: "off", modelId: null }).id;
  store.configureChat({ chatId: settled, systemPrompt: "Be terse.\r\n", replySettings: { temperature: 0.6, seed: 0 } });
  store.renameChat({ chatId: settled, title: "Ünïcödé ‮ title ÉTÉ" });
  store.pinChats({ chatIds: [settled], pinned: true });
  const reply = ask(settled, "a");
  store.finishReply({ messageId: reply, text: "b", thought: null, state: "done", stats: null, problem: null });
  store.saveDraft({ chatId: settled, draft: "typed, not sent", pasted: ["a pasted\ntext"] });
  const question = store.readMessage({ messageId: reply }).parentId ?? "";
  store.saveEdit({ chatId: settled, edit: { messageId: question, text: "changed" } });
  store.configureChat({ chatId: settled, promptFrom: question });
  const summary = {
    text: "Once \uD800 they said.",
    model: { id: "nano", name: "R1 Nano" },
    createdAt: 1_764_000_000_000,
  };
  store.saveSummary({ messageId: third, summary: { ...summary, edited: true } });

  const empty = store.createChat({ thinking: "auto", modelId: null }).id;
  const hidden = store.createChat({ thinking: "on", modelId: null }).id;
  store.hideChats({ chatIds: [hidden] });
  return [plain, settled, empty];
}
