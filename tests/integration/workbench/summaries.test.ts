import { expect, it } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import type { Events } from "../../../electron/contract/events.ts";
import { modelChoicesSchema } from "../../../electron/contract/models.ts";
import type { RunFrame } from "../../../electron/contract/runs.ts";
import type { Workbench } from "../../../electron/workbench/workbench.ts";
import { followRun, openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";

const question = "What is 2 + 3?";

function endOf(frames: RunFrame[]): Message {
  const last = frames.at(-1);
  if (last?.kind !== "ended") throw new Error("the run did not end");
  return last.message;
}

async function send(workbench: Workbench, chatId: string, text: string): Promise<RunFrame[]> {
  const { runId } = await workbench.call("chats.send", { chatId, text });
  return await followRun(workbench, runId);
}

/** Begins a chat whose first question nearly fills the context. The model's replies do not, and are the same each time. */
async function begin({ workbench }: TestWorkbench, temporary = false): Promise<string> {
  await workbench.call("settings.change", { longChats: "summarize" });
  // Summaries have no seed, so the model always takes the likeliest token.
  const choices = modelChoicesSchema.parse({ temperature: 0 });
  await workbench.call("models.setChoices", { modelId: "r1-nano", choices });
  const { id: chatId } = await workbench.call("chats.create", { temporary });
  await workbench.call("chats.configure", { chatId, replySettings: { maxTokens: 200 } });
  await send(workbench, chatId, `${"One and one is two. ".repeat(75)}${question}`);
  return chatId;
}

const stagesOf = (frames: RunFrame[]): string[] =>
  frames.flatMap((frame) => (frame.kind === "stage" ? [frame.stage.stage] : []));
const messagesOf = async (workbench: Workbench, chatId: string): Promise<Message[]> =>
  (await workbench.call("chats.open", { chatId })).messages;
const told = ({ events }: TestWorkbench): Events["chats.summarized"][] =>
  events.flatMap(({ name, data }) => (name === "chats.summarized" ? [data as Events["chats.summarized"]] : []));

it.each([false, true])("a chat that outgrows the context goes on from a summary (temporary: %j)", async (temporary) => {
  const test = await openTestWorkbench();
  const { workbench } = test;
  const chatId = await begin(test, temporary);
  const frames = await send(workbench, chatId, "y".repeat(700));
  expect(stagesOf(frames)).toContain("summarizing");
  expect(endOf(frames)).toMatchObject({ problem: null });
  const messages = await messagesOf(workbench, chatId);
  expect(messages).toHaveLength(4);
  const [, reply] = messages;
  expect(reply?.summary).toMatchObject({ text: expect.stringMatching(/\S/), model: { id: "r1-nano" } });
  expect(told(test)).toEqual([{ chatId, messageId: reply?.id, summary: reply?.summary }]);
  const next = await workbench.call("chats.nextPrompt", { chatId, question });
  expect(next?.text).toContain(reply?.summary?.text);
  expect(next?.text).not.toContain("One and one is two.");
  expect(next?.tokens).toBeLessThan(next?.contextSize ?? 0);

  if (temporary) {
    const kept = await workbench.call("chats.keep", { chatId });
    expect((await messagesOf(workbench, kept.id))[1]?.summary).toEqual(reply?.summary);
    return;
  }
  await workbench.call("chats.editSummary", { messageId: reply?.id ?? "", text: "Only this." });
  expect((await workbench.call("chats.nextPrompt", { chatId, question }))?.text).toContain("Only this.");
  await workbench.call("chats.editSummary", { messageId: reply?.id ?? "", text: null });
  expect((await workbench.call("chats.nextPrompt", { chatId, question }))?.text).toContain("One and one is two.");
  await expect(workbench.call("chats.editSummary", { messageId: reply?.id ?? "", text: "x" })).rejects.toMatchObject({
    code: "input-invalid",
  });
});

it("a reply that is stopped while the messages are summarized is stopped; they are summarized the next time", async () => {
  const test = await openTestWorkbench();
  const { workbench } = test;
  const chatId = await begin(test);
  const { runId } = await workbench.call("chats.send", { chatId, text: "y".repeat(700) });
  const frames = await followRun(workbench, runId, (frame) => {
    if (frame.kind === "stage" && frame.stage.stage === "summarizing") void workbench.call("runs.stop", { runId });
  });
  expect(endOf(frames)).toMatchObject({ state: "stopped", text: "", problem: null });
  expect(told(test)).toEqual([]);
  expect(await workbench.call("chats.summarizeOldest", { chatId })).toBe("done");
  expect(told(test)).toHaveLength(1);
  const again = await workbench.call("chats.regenerate", { messageId: runId });
  const second = await followRun(workbench, again.runId);
  expect(stagesOf(second)).not.toContain("summarizing");
  expect(endOf(second).problem).toBeNull();
});

it("where a summary would leave no room for the reply, the oldest messages are left out, with a notice", async () => {
  const test = await openTestWorkbench();
  const { workbench } = test;
  const chatId = await begin(test);
  const frames = await send(workbench, chatId, "y".repeat(1300));
  expect(endOf(frames).problem).toBeNull();
  expect(told(test)).toEqual([]);
  const { chat, messages } = await workbench.call("chats.open", { chatId });
  expect(chat.promptFrom).toBe(messages[2]?.id);
  const notices = await workbench.call("notices.list", {});
  expect(notices.map(({ problem, chatId: of }) => [problem.code, problem.facts?.case, of])).toContainEqual([
    "summary-failed",
    "roomDroppedIn",
    chatId,
  ]);
  await workbench.call("chats.delete", { chatIds: [chatId] });
  expect(await workbench.call("notices.list", {})).toEqual([]);
});
