import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { promptMessages } from "../../../electron/workbench/runs/promptMessages.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { foundChats } from "../../support/chats/foundChats.ts";

const model = { id: "nano", name: "R1 Nano" };
const stats: ReplyStats = {
  promptTokens: 9,
  cachedTokens: 0,
  thoughtTokens: 3,
  answerTokens: 4,
  ttftMs: 5,
  thoughtMs: 6,
  thoughtCut: null,
  prefillTokensPerSecond: null,
  tokensPerSecond: 7,
  stopReason: "stopped",
  speedSamples: [7],
};

let home: string;
let store: ChatStore;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "branches-"));
  store = new ChatStore(home);
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

function answer(chatId: string, text: string, reply: string): { questionId: string; replyId: string } {
  const begun = store.beginTurn({ chatId, text, model });
  store.finishReply({ messageId: begun.reply.id, text: reply, thought: "so", state: "done", stats, problem: null });
  return { questionId: begun.history.at(-1)?.id ?? "", replyId: begun.reply.id };
}
const newChat = (): string => store.createChat({ thinking: "auto", modelId: "nano" }).id;
/** What the model would read with another question. */
function next(chatId: string): string[] {
  const turn = store.documents.previewTurn({ chatId, edited: null, text: "next", attachmentIds: [] });
  return promptMessages(turn.chat, turn.messages, turn.files).map(({ content }) =>
    content.replace("<think>\nso\n</think>", ""),
  );
}
const texts = (chatId: string): string[] => store.openChat({ chatId }).messages.map(({ text }) => text);

describe("continuing a reply", () => {
  it("keeps its text while it is written, and if the app dies meanwhile", () => {
    const chatId = newChat();
    const { reply } = store.beginTurn({ chatId, text: "Count", model });
    store.finishReply({ messageId: reply.id, text: "1, 2", thought: "so", state: "stopped", stats, problem: null });
    const begun = store.beginContinuation({ messageId: reply.id });
    expect(begun.reply).toMatchObject({ id: reply.id, state: "streaming", text: "1, 2", thought: "so", stats });
    expect(begun.history.map(({ text }) => text)).toEqual(["Count"]);
    store.appendPieces({ messageId: reply.id, thought: "", answer: ", 3" });
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    raw.exec("UPDATE messages SET owner = 'nobody' WHERE state = 'streaming'");
    raw.close();
    expect(store.openChat({ chatId }).messages.at(-1)).toMatchObject({
      state: "interrupted",
      text: "1, 2, 3",
      thought: "so",
      version: { count: 1 },
    });
    expect(foundChats(store, "1, 2, 3")).toEqual([chatId]);
  });

  it("is refused for a reply that has later messages", () => {
    const chatId = newChat();
    const { replyId } = answer(chatId, "one", "1");
    answer(chatId, "two", "2");
    expect(() => store.beginContinuation({ messageId: replyId })).toThrow(
      expect.objectContaining({ code: "input-invalid" }),
    );
    expect(texts(chatId)).toEqual(["one", "1", "two", "2"]);
  });
});

describe("editing a reply", () => {
  it("stores another version with the same thought, marked and without figures, and keeps the original with what follows", () => {
    const chatId = newChat();
    const { questionId, replyId } = answer(chatId, "one", "1");
    answer(chatId, "two", "2");
    const edited = store.editReply({ messageId: replyId, text: "uno" });
    expect(edited).toMatchObject({ parentId: questionId, text: "uno", thought: "so", state: "done", stats: null });
    expect(edited.model).toEqual({ ...model, edited: true });
    expect(edited.version).toEqual({ index: 2, count: 2, ids: [replyId, edited.id] });
    expect(texts(chatId)).toEqual(["one", "uno"]);
    expect(foundChats(store, "uno")).toEqual([chatId]);
    const next = store.beginTurn({ chatId, text: "and now", model });
    expect(next.history.map(({ text }) => text)).toEqual(["one", "uno", "and now"]);
    store.finishReply({ messageId: next.reply.id, text: "3", thought: null, state: "done", stats, problem: null });
    store.selectVersion({ messageId: replyId });
    expect(texts(chatId)).toEqual(["one", "1", "two", "2"]);
    expect(store.readMessage({ messageId: replyId })).toMatchObject({ text: "1", stats, model });
  });

  it("marks the reply of an unknown model and one that failed, also after the store was opened again", () => {
    const chatId = newChat();
    const { reply } = store.beginTurn({ chatId, text: "one", model: null });
    const problem = { code: "engine-down", facts: { case: "exit", exitCode: 1 } } as const;
    store.finishReply({ messageId: reply.id, text: "", thought: null, state: "failed", stats: null, problem });
    store.saveEdit({ chatId, edit: { messageId: reply.id, text: "uno" } });
    const { id } = store.editReply({ messageId: reply.id, text: "uno" });
    store.close();
    store = new ChatStore(home);
    const edited = store.readMessage({ messageId: id });
    expect(edited).toMatchObject({ model: { id: "", name: "", edited: true }, state: "done", problem: null });
    expect(store.readChat({ chatId }).edit).toBeNull();
  });

  it("can be continued: the answer where it ends, or an edited thought without the answer that followed it", () => {
    const chatId = newChat();
    const { reply } = store.beginTurn({ chatId, text: "one", model });
    const end = { state: "done", stats, problem: null } as const;
    store.finishReply({ messageId: reply.id, text: "\n\n1", thought: "so", ...end });
    const answer = store.editReply({ messageId: reply.id, text: "uno", toContinue: true });
    expect(answer).toMatchObject({ thought: "so", text: "\n\nuno" });
    const begun = store.beginContinuation({ messageId: answer.id }).reply;
    expect(begun).toMatchObject({ state: "streaming", text: "\n\nuno", model: { ...model, edited: true } });
    store.finishReply({ messageId: begun.id, text: "\n\nuno, dos", thought: "so", ...end });
    const thought = { messageId: reply.id, text: "but", part: "thought" } as const;
    expect(store.editReply(thought)).toMatchObject({ thought: "but", text: "\n\n1" });
    const started = store.editReply({ ...thought, toContinue: true });
    expect(started).toMatchObject({ thought: "but", text: "", version: { count: 4 } });
    expect(store.beginContinuation({ messageId: started.id }).reply.thought).toBe("but");
    expect(store.readMessage({ messageId: reply.id })).toMatchObject({ text: "\n\n1", thought: "so", model });
  });

  it("separates an answer from the thought of a reply that had none yet, and needs a thought to edit one", () => {
    const chatId = newChat();
    const stopped = (thought: string | null): string => {
      const { reply } = store.beginTurn({ chatId, text: "one", model });
      store.finishReply({ messageId: reply.id, text: "", thought, state: "stopped", stats, problem: null });
      return reply.id;
    };
    expect(store.editReply({ messageId: stopped("so"), text: "uno" }).text).toBe("\n\nuno");
    const messageId = stopped(null);
    expect(store.editReply({ messageId, text: "uno" }).text).toBe("uno");
    expect(() => store.editReply({ messageId, text: "so", part: "thought" })).toThrow(
      expect.objectContaining({ code: "input-invalid" }),
    );
  });

  it("is refused for a question and while a reply is written", () => {
    const chatId = newChat();
    const { questionId, replyId } = answer(chatId, "one", "1");
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => store.editReply({ messageId: questionId, text: "x" })).toThrow(refused("input-invalid"));
    store.editReply({ messageId: replyId, text: "uno" });
    store.beginTurn({ chatId, text: "two", model });
    expect(() => store.editReply({ messageId: replyId, text: "x" })).toThrow(refused("chat-busy"));
    expect(texts(chatId)).toEqual(["one", "uno", "two", ""]);
  });
});

describe("branching", () => {
  it("copies the messages up to one, with their figures and the chat's settings, and leaves the chat as it is", () => {
    const chatId = newChat();
    store.configureChat({ chatId, systemPrompt: "Be brief." });
    answer(chatId, "one", "1");
    const { questionId, replyId } = answer(chatId, "two", "2");
    answer(chatId, "three", "3");
    store.configureChat({ chatId, promptFrom: questionId });
    const branch = store.branchChat({ messageId: replyId, title: "Two only" });
    expect(branch).toMatchObject({ title: "Two only", systemPrompt: "Be brief.", thinking: "auto", modelId: "nano" });
    const { messages } = store.openChat({ chatId: branch.id });
    expect(messages.map(({ text }) => text)).toEqual(["one", "1", "two", "2"]);
    expect(branch.promptFrom).toBe(messages[2]?.id);
    expect(messages.at(-1)).toMatchObject({ thought: "so", stats, model, problem: null, chatId: branch.id });
    expect(texts(chatId)).toHaveLength(6);
    answer(branch.id, "four", "4");
    expect(texts(branch.id).slice(-2)).toEqual(["four", "4"]);
  });
});

describe("a summary", () => {
  const summary = { text: "one and two", model, createdAt: 5 };
  const summaries = (chatId: string) =>
    store.openChat({ chatId }).messages.map((message) => message.summary?.text ?? null);

  it("is on each branch through its message and on no other, and is copied with it", () => {
    const chatId = newChat();
    const { questionId } = answer(chatId, "one", "1");
    const { replyId } = answer(chatId, "two", "2");
    const { replyId: third } = answer(chatId, "three", "3");
    store.saveSummary({ messageId: replyId, summary });
    expect(summaries(chatId)).toEqual([null, null, null, "one and two", null, null]);
    const copy = store.branchChat({ messageId: third, title: "copy" });
    expect(summaries(copy.id)).toEqual([null, null, null, "one and two", null, null]);
    const other = store.beginEdit({ messageId: questionId, text: "uno", model });
    store.finishReply({ messageId: other.reply.id, text: "1", thought: null, state: "done", stats, problem: null });
    expect(summaries(chatId)).toEqual([null, null]);
    store.selectVersion({ messageId: third });
    expect(summaries(chatId)[3]).toBe("one and two");
    store.saveSummary({ messageId: replyId, summary: null });
    expect(summaries(chatId)).toEqual(Array(6).fill(null));
    store.close();
    store = new ChatStore(home);
    expect(summaries(copy.id)[3]).toBe("one and two");
  });

  it("covers what was left out directly below it; what is left out on other branches stays so", () => {
    const chatId = newChat();
    const first = answer(chatId, "one", "1");
    const second = answer(chatId, "two", "2");
    const third = answer(chatId, "three", "3");
    const after = (promptFrom: string) => {
      store.configureChat({ chatId, promptFrom });
      return store.saveSummary({ messageId: second.replyId, summary }).promptFrom;
    };
    const starts = [first.questionId, second.questionId, third.questionId];
    expect(starts.map(after)).toEqual([first.questionId, second.questionId, null]);
    store.configureChat({ chatId, promptFrom: second.questionId });
    expect(next(chatId)).toEqual([expect.stringMatching(/one and two\n\nthree$/), "3", "next"]);
    store.editReply({ messageId: second.replyId, text: "dos" });
    expect(next(chatId)).toEqual(["two", "dos", "next"]);
  });

  it("is not about a reply that is edited or continued", () => {
    const chatId = newChat();
    answer(chatId, "one", "1");
    const { replyId } = answer(chatId, "two", "2");
    store.saveSummary({ messageId: replyId, summary });
    store.editReply({ messageId: replyId, text: "dos" });
    expect(next(chatId)).toEqual(["one", "1", "two", "dos", "next"]);
    store.selectVersion({ messageId: replyId });
    const summed = [expect.stringMatching(/one and two\n\nnext$/)];
    expect(next(chatId)).toEqual(summed);
    const copy = store.branchChat({ messageId: replyId, title: "copy" }).id;
    const copied = store.openChat({ chatId: copy }).messages.at(-1)?.id ?? "";
    expect(store.beginContinuation({ messageId: copied }).reply.summary).toBeUndefined();
    store.finishReply({ messageId: copied, text: "2, or 3", thought: null, state: "done", stats, problem: null });
    expect(next(copy)).toEqual(["one", "1", "two", "2, or 3", "next"]);
    expect(store.readMessage({ messageId: copied }).problem).toBeNull();
    expect(next(chatId)).toEqual(summed);
  });

  it("goes with a reply that is deleted, is back with it, and leaves no trace on the disk once erased", () => {
    const chatId = newChat();
    answer(chatId, "one", "1");
    const { replyId } = answer(chatId, "two", "2");
    store.saveSummary({ messageId: replyId, summary: { ...summary, text: "canary-in-summary" } });
    const { deletionId } = store.removeReply({ messageId: replyId });
    expect(summaries(chatId)).toEqual([null, null, null]);
    store.restoreReply({ chatId, deletionId });
    expect(summaries(chatId)[3]).toBe("canary-in-summary");
    store.purgeChats({ chatIds: [chatId] });
    catchUpAll(store);
    store.close();
    expect(readFileSync(join(home, "store", "chats.db")).includes("canary-in-summary")).toBe(false);
    store = new ChatStore(home);
  });

  it("of a message that was changed on the disk is not used, and does not make it count as whole", () => {
    const chatId = newChat();
    const { replyId } = answer(chatId, "one", "1");
    store.saveSummary({ messageId: replyId, summary });
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    raw.exec("UPDATE messages SET summary = replace(summary, 'one', 'two') WHERE summary IS NOT NULL");
    raw.close();
    const read = () => store.readMessage({ messageId: replyId });
    expect([read().summary, read().problem?.code]).toEqual([undefined, "message-damaged"]);
    store.saveSummary({ messageId: replyId, summary: { ...summary, text: "another" } });
    expect([read().summary, read().problem?.code]).toEqual([undefined, "message-damaged"]);
  });
});

describe("deleting a reply", () => {
  it("shows the other version, hides what followed from search too, and can be undone", () => {
    const chatId = newChat();
    const { replyId } = answer(chatId, "one", "first zebra");
    const { reply: second } = store.beginVersion({ messageId: replyId, model });
    store.finishReply({
      messageId: second.id,
      text: "second zebra",
      thought: null,
      state: "done",
      stats,
      problem: null,
    });
    answer(chatId, "two", "walrus");
    const { deletionId } = store.removeReply({ messageId: second.id });
    expect(texts(chatId)).toEqual(["one", "first zebra"]);
    expect(store.openChat({ chatId }).messages.at(-1)?.version).toMatchObject({ index: 1, count: 1 });
    expect(foundChats(store, "walrus")).toEqual([]);
    expect(store.listChats({ cursor: null }).chats.map(({ id }) => id)).toEqual([chatId]);
    store.restoreReply({ chatId, deletionId });
    expect(texts(chatId)).toEqual(["one", "second zebra", "two", "walrus"]);
    expect(store.openChat({ chatId }).messages.every(({ problem }) => problem === null)).toBe(true);
    expect(foundChats(store, "walrus")).toEqual([chatId]);
    expect(() => store.readChat({ chatId: deletionId })).toThrow(expect.objectContaining({ code: "chat-not-found" }));
  });

  it("leaves the question, to which another reply can be written", () => {
    const chatId = newChat();
    const { questionId, replyId } = answer(chatId, "one", "1");
    const { deletionId } = store.removeReply({ messageId: replyId });
    expect(texts(chatId)).toEqual(["one"]);
    const { reply, history } = store.beginVersion({ messageId: questionId, model });
    expect(history.map(({ text }) => text)).toEqual(["one"]);
    store.finishReply({ messageId: reply.id, text: "one again", thought: null, state: "done", stats, problem: null });
    expect(texts(chatId)).toEqual(["one", "one again"]);
    store.restoreReply({ chatId, deletionId });
    expect(texts(chatId)).toEqual(["one", "1"]);
    expect(store.openChat({ chatId }).messages.at(-1)?.version.count).toBe(2);
  });

  it("is final after a purge or the next start, and touches nothing else", () => {
    const chatId = newChat();
    const { replyId } = answer(chatId, "one", "gone walrus");
    const { deletionId } = store.removeReply({ messageId: replyId });
    store.close();
    store = new ChatStore(home);
    expect(texts(chatId)).toEqual(["one"]);
    expect(() => store.restoreReply({ chatId, deletionId })).toThrow(
      expect.objectContaining({ code: "message-not-found" }),
    );
    catchUpAll(store);
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    expect(raw.prepare("SELECT count(*) AS count FROM messages").get()).toEqual({ count: 1 });
    raw.close();
  });

  it("does not touch the search index, which would take long", () => {
    const chatId = newChat();
    const { questionId, replyId } = answer(chatId, "one", "first otter");
    answer(chatId, "two", "second walrus");
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    const index = (): unknown => raw.prepare("SELECT id, hex(block) AS block FROM messageSearch_data").all();
    const before = index();
    const { deletionId } = store.removeReply({ messageId: replyId });
    expect(foundChats(store, "walrus")).toEqual([]);
    store.restoreReply({ chatId, deletionId });
    expect(index()).toEqual(before);
    expect(foundChats(store, "walrus")).toEqual([chatId]);
    expect(store.readMessage({ messageId: questionId }).problem).toBeNull();
    expect(store.openChat({ chatId }).messages.map(({ problem }) => problem)).toEqual([null, null, null, null]);
    raw.close();
  });

  it("cannot be undone once it is being erased", () => {
    const chatId = newChat();
    const { replyId } = answer(chatId, "one", "gone walrus");
    const { deletionId } = store.removeReply({ messageId: replyId });
    store.purgeChats({ chatIds: [deletionId] });
    expect(() => store.restoreReply({ chatId, deletionId })).toThrow(
      expect.objectContaining({ code: "message-not-found" }),
    );
  });
});
