import { expect, test } from "vitest";
import type { VoteRun } from "../../../electron/contract/votes.ts";
import type { Workbench } from "../../../electron/workbench/workbench.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";

const timeout = 120_000;
const product = 87 * 96;

/** A workbench with R1 Nano, and the ends of votes in it. */
async function open(home?: string) {
  const waiting: ((run: VoteRun) => void)[] = [];
  const told: VoteRun[] = [];
  const opened = await openTestWorkbench(home, ({ name, data }) => {
    if (name !== "votes.changed") return;
    const run = data as VoteRun;
    told.push(run);
    if (run.state !== "running") for (const resolve of waiting.splice(0)) resolve(run);
  });
  return { ...opened, told, ended: () => new Promise<VoteRun>((resolve) => waiting.push(resolve)) };
}

/** Without its thought, R1 Nano multiplies wrongly. Resolves with the wrong reply. */
async function askWrongly(workbench: Workbench): Promise<{ chatId: string; messageId: string }> {
  const { id: chatId } = await workbench.call("chats.create", {});
  await workbench.call("chats.configure", { chatId, thinking: "off", replySettings: { seed: 1 } });
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 87 times 96?" });
  const last = (await followRun(workbench, runId)).at(-1);
  expect(last?.kind === "ended" && last.message.text).not.toContain(String(product));
  await workbench.call("chats.configure", { chatId, thinking: "on" });
  return { chatId, messageId: runId };
}

test("several answers outvote a wrong one, end once it is decided, and are counted again after a restart", {
  timeout,
}, async () => {
  const first = await open();
  const { chatId, messageId } = await askWrongly(first.workbench);
  const ended = first.ended();
  await first.workbench.call("votes.start", { messageId, answers: 7 });
  await expect(first.workbench.call("votes.start", { messageId, answers: 2 })).rejects.toMatchObject({
    code: "chat-busy",
  });
  // Five right ones against one, and two more could not change that.
  expect(await ended).toMatchObject({ state: "decided", done: 5, wanted: 7, problem: null, secondsLeft: null });
  expect(first.told.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5]);

  const { votes, run } = await first.workbench.call("votes.of", { messageId });
  expect(run?.state).toBe("decided");
  expect(votes.groups.map(({ result, messageIds }) => [result, messageIds.length])).toEqual([
    [String(product), 5],
    [expect.any(String), 1],
  ]);
  expect(votes.groups[1]?.messageIds).toEqual([messageId]);
  const { messages } = await first.workbench.call("chats.open", { chatId });
  const shown = messages.at(-1);
  expect(shown).toMatchObject({ id: votes.groups[0]?.messageIds[0], version: { count: 6 } });
  expect(shown?.text).toContain(String(product));
  // The prompt was read once: what is read again is less than what is reused.
  const later = await first.workbench.call("chats.selectVersion", { messageId: votes.groups[0]?.messageIds[4] ?? "" });
  const { promptTokens = 0, cachedTokens = 0 } = later.messages[0]?.stats ?? {};
  expect(cachedTokens).toBeGreaterThan(promptTokens / 2);
  await first.workbench.close();

  const second = await open(first.home);
  expect(await second.workbench.call("votes.of", { messageId })).toEqual({ votes, run: null });
});

test("a vote can be stopped, and what was written is kept", { timeout }, async () => {
  const { workbench, ended, told } = await open();
  const { chatId, messageId } = await askWrongly(workbench);
  const over = ended();
  await workbench.call("votes.start", { messageId, answers: 31 });
  await workbench.call("votes.stop", { chatId });
  const run = await over;
  expect(run.state).toBe("stopped");
  expect(run.done).toBeLessThan(31);
  expect(told.at(-1)).toEqual(run);
  const { messages } = await workbench.call("chats.open", { chatId });
  expect(messages.at(-1)?.version.count).toBeGreaterThanOrEqual(2);
  // The chat goes on as usual.
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 1 + 1?" });
  expect((await followRun(workbench, runId)).at(-1)).toMatchObject({ kind: "ended", message: { state: "done" } });
});

test("only a reply to a question can be asked for again", { timeout }, async () => {
  const { workbench } = await open();
  const { chatId } = await askWrongly(workbench);
  const { messages } = await workbench.call("chats.open", { chatId });
  const question = messages[0]?.id ?? "";
  await expect(workbench.call("votes.start", { messageId: question, answers: 2 })).rejects.toMatchObject({
    code: "input-invalid",
  });
  await expect(workbench.call("votes.of", { messageId: "none" })).rejects.toMatchObject({ code: "message-not-found" });
});
