import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { ReplyEnd } from "../../../electron/workbench/chats/MessageTable.ts";

const model = { id: "nano", name: "R1 Nano" };
let home: string;
let store: ChatStore;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "listed-results-"));
  store = new ChatStore(home);
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

function ask(text: string, thought: string | null = null): { chatId: string; replyId: string } {
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const { reply } = store.beginTurn({ chatId, text: "What is it?", model });
  const end: ReplyEnd = { text, thought, state: "done", stats: null, problem: null };
  store.finishReply({ messageId: reply.id, ...end });
  return { chatId, replyId: reply.id };
}

const listed = (): Record<string, string | undefined> =>
  Object.fromEntries(store.listChats({ cursor: null }).chats.map(({ id, result }) => [id, result]));

it("is what the last answer has in a box, in the list and in the chat", () => {
  const boxed = ask("So it is $\\boxed{\\frac{1}{2}}$.", "No, \\boxed{7}.");
  const thoughtOnly = ask("It is seven.", "\\boxed{7}");
  const long = ask(`\\boxed{${"1".repeat(500)}}`);
  const unclosed = ask("\\boxed{1");
  expect(listed()).toEqual({
    [boxed.chatId]: "\\frac{1}{2}",
    [thoughtOnly.chatId]: undefined,
    [long.chatId]: undefined,
    [unclosed.chatId]: undefined,
  });
  expect(store.listedChat({ chatId: boxed.chatId }).result).toBe("\\frac{1}{2}");
  expect(store.readChat({ chatId: thoughtOnly.chatId })).not.toHaveProperty("result");
});

it("follows the branch that is shown", () => {
  const { chatId, replyId } = ask("$\\boxed{1}$");
  store.editReply({ messageId: replyId, text: "$\\boxed{2}$" });
  expect(listed()[chatId]).toBe("2");
  store.selectVersion({ messageId: replyId });
  expect(listed()[chatId]).toBe("1");
});
