import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import type { RunFrame } from "../../../electron/contract/runs.ts";
import type { Workbench } from "../../../electron/workbench/workbench.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const sum = "What is 17 + 25?";
const longSum = "What is 4321 + 8765?";

function endOf(frames: RunFrame[]): Message {
  const last = frames.at(-1);
  if (last?.kind !== "ended") throw new Error("the run did not end");
  return last.message;
}

async function ask(workbench: Workbench, text: string) {
  const { id: chatId } = await workbench.call("chats.create", {});
  const sent = await workbench.call("chats.send", { chatId, text });
  return { chatId, ...sent };
}

/** Acts during a reply. If the reply ends before the act takes effect, another one is requested. */
async function inMidReply(workbench: Workbench, act: (runId: string) => Promise<void>): Promise<Message> {
  for (let attempt = 1; attempt <= 10; attempt++) {
    const { runId } = await ask(workbench, longSum);
    const acts: Promise<void>[] = [];
    const frames = await followRun(workbench, runId, (frame) => {
      if (frame.kind === "delta" && acts.length === 0) acts.push(act(runId));
    });
    await Promise.all(acts);
    const message = endOf(frames);
    if (message.state !== "done") return message;
  }
  throw new Error("every reply was over before it could be struck");
}

describe("a reply", () => {
  it("is thought, answered, measured and stored", async () => {
    const { workbench, events } = await openTestWorkbench();
    const { chatId, runId, messages } = await ask(workbench, sum);
    const frames = await followRun(workbench, runId);
    expect(frames[0]).toMatchObject({ kind: "snapshot", runId, message: { state: "streaming", text: "" } });
    const message = endOf(frames);
    expect(message).toMatchObject({
      state: "done",
      parentId: messages[0]?.id,
      problem: null,
      model: { id: "r1-nano" },
    });
    expect(message.text).toContain("42");
    expect(message.thought).toContain("17");
    expect(message.stats).toMatchObject({ stopReason: "end", cachedTokens: 0 });
    const told = (part: string) =>
      frames.map((frame) => (frame.kind === "delta" && frame.part === part ? frame.text : "")).join("");
    expect([told("thought"), told("answer")]).toEqual([message.thought, message.text]);
    expect(await workbench.call("chats.open", { chatId })).toMatchObject({
      chat: { title: sum, runId: null },
      messages: [{ text: sum }, { text: message.text, thought: message.thought, state: "done" }],
    });
    expect(events.map(({ name }) => name)).toEqual(expect.arrayContaining(["runs.started", "runs.ended"]));
    expect(await followRun(workbench, runId)).toMatchObject([{ kind: "snapshot" }, { kind: "ended", message }]);
  });

  it("leaves earlier thoughts out of the prompt, and reuses what was read", async () => {
    const { workbench } = await openTestWorkbench();
    const { chatId, runId } = await ask(workbench, sum);
    const first = endOf(await followRun(workbench, runId));
    const next = await workbench.call("chats.send", { chatId, text: "What is 2 + 2?" });
    const second = endOf(await followRun(workbench, next.runId));
    expect(second.stats?.cachedTokens).toBeGreaterThan(0);
    expect(first.text).toMatch(/^\n\n\S/);
    const { tokens, text } = await workbench.prompt(
      null,
      {
        messages: [
          { role: "user", content: sum },
          { role: "assistant", content: `<think>\n${first.thought}\n</think>${first.text}` },
          { role: "user", content: "What is 2 + 2?" },
        ],
        thinking: "on",
      },
      new AbortController().signal,
    );
    expect(second.stats?.promptTokens).toBe(tokens.length);
    expect(text).not.toContain(first.thought);
  });

  it("can be stopped, regenerated and edited", async () => {
    const { workbench } = await openTestWorkbench();
    const stopped = await inMidReply(workbench, async (runId) => {
      await workbench.call("runs.stop", { runId });
    });
    expect(stopped).toMatchObject({ state: "stopped", problem: null, stats: { stopReason: "stopped" } });
    expect((stopped.thought ?? "") + stopped.text).not.toBe("");
    const again = await workbench.call("chats.regenerate", { messageId: stopped.id });
    expect(endOf(await followRun(workbench, again.runId))).toMatchObject({
      state: "done",
      version: { index: 2, count: 2 },
    });
    const edit = await workbench.call("chats.edit", { messageId: stopped.parentId ?? "", text: sum });
    expect(endOf(await followRun(workbench, edit.runId)).text).toContain("42");
    const { messages } = await workbench.call("chats.open", { chatId: stopped.chatId });
    expect(messages.map(({ text }) => text)[0]).toBe(sum);
  });

  it("that was stopped is continued in place, with the figures of both parts", async () => {
    const { workbench } = await openTestWorkbench();
    const stopped = await inMidReply(workbench, async (runId) => {
      await workbench.call("runs.stop", { runId });
    });
    const { runId } = await workbench.call("chats.continue", { messageId: stopped.id });
    expect(runId).toBe(stopped.id);
    const whole = endOf(await followRun(workbench, runId));
    expect(whole).toMatchObject({ state: "done", version: { count: 1 }, parentId: stopped.parentId });
    expect((whole.thought ?? "").startsWith(stopped.thought ?? "")).toBe(true);
    expect(whole.text.startsWith(stopped.text)).toBe(true);
    const written = ({ stats }: Message) => (stats?.thoughtTokens ?? 0) + (stats?.answerTokens ?? 0);
    expect(written(whole)).toBeGreaterThan(written(stopped));
    expect(whole.stats).toMatchObject({ promptTokens: stopped.stats?.promptTokens, stopReason: "end" });
  });

  it("whose thought or answer was edited is continued from there, as another version", async () => {
    const { workbench } = await openTestWorkbench();
    const { runId } = await ask(workbench, sum);
    const whole = endOf(await followRun(workbench, runId));
    const goOn = async (edit: { text: string; part?: "thought" }): Promise<Message> => {
      const { id } = await workbench.call("chats.editReply", { messageId: whole.id, ...edit, toContinue: true });
      await workbench.call("chats.continue", { messageId: id });
      return endOf(await followRun(workbench, id));
    };
    const thought = (whole.thought ?? "").slice(0, 12);
    const rethought = await goOn({ text: thought, part: "thought" });
    expect(rethought).toMatchObject({ state: "done", model: { id: "r1-nano", edited: true }, version: { count: 2 } });
    expect(rethought.thought?.startsWith(thought)).toBe(true);
    expect(rethought.thought?.length).toBeGreaterThan(thought.length);
    expect(rethought.text.trim()).not.toBe("");
    expect(rethought.stats?.thoughtTokens).toBeGreaterThan(0);
    const half = whole.text.trim().slice(0, -3);
    const rewritten = await goOn({ text: half });
    expect(rewritten).toMatchObject({ state: "done", thought: whole.thought, stats: { thoughtTokens: 0 } });
    expect(rewritten.text.trim().startsWith(half)).toBe(true);
    const [, stored] = (await workbench.call("chats.open", { chatId: whole.chatId })).messages;
    expect(stored).toEqual(rewritten);
    const { messages } = await workbench.call("chats.selectVersion", { messageId: whole.id });
    expect(messages[0]).toMatchObject({ text: whole.text, thought: whole.thought, stats: whole.stats });
  });

  it("in a chat that is too long for the context succeeds once the oldest messages are left out", async () => {
    const { workbench } = await openTestWorkbench();
    const first = await ask(workbench, "x".repeat(1500));
    await followRun(workbench, first.runId);
    const long = await workbench.call("chats.send", { chatId: first.chatId, text: "y".repeat(700) });
    const failed = endOf(await followRun(workbench, long.runId));
    expect(failed).toMatchObject({ state: "failed", problem: { code: "context-exceeded" } });
    const chat = await workbench.call("chats.dropOldest", { chatId: first.chatId });
    expect(chat.promptFrom).toBe(failed.parentId);
    const again = await workbench.call("chats.regenerate", { messageId: failed.id });
    expect(endOf(await followRun(workbench, again.runId)).stats?.promptTokens).toBeLessThan(800);
    expect((await workbench.call("chats.open", { chatId: first.chatId })).messages).toHaveLength(4);
    expect(await workbench.call("chats.summarize", { chatId: first.chatId })).toEqual(expect.any(String));
    const all = await workbench.call("chats.configure", { chatId: first.chatId, promptFrom: null });
    expect(all.promptFrom).toBeNull();
  });

  it("waits for another chat's reply, and can be stopped meanwhile", async () => {
    const { workbench } = await openTestWorkbench();
    const first = await ask(workbench, longSum);
    const second = await ask(workbench, sum);
    const third = await ask(workbench, sum);
    await workbench.call("runs.stop", { runId: third.runId });
    expect(endOf(await followRun(workbench, third.runId))).toMatchObject({ state: "stopped", text: "", stats: null });
    const order: string[] = [];
    await Promise.all([first, second].map(({ runId }) => followRun(workbench, runId).then(() => order.push(runId))));
    expect(order).toEqual([first.runId, second.runId]);
  });

  it("keeps its text when the engine dies, and the next message works", async () => {
    const { workbench } = await openTestWorkbench();
    const struck = await inMidReply(workbench, async () => {
      const state = await workbench.call("engine.state", {});
      if ("info" in state) process.kill(state.info.pid, "SIGKILL");
    });
    expect(struck).toMatchObject({ state: "failed", problem: { code: "engine-down" } });
    expect((struck.thought ?? "") + struck.text).not.toBe("");
    const { messages } = await workbench.call("chats.open", { chatId: struck.chatId });
    expect(messages.at(-1)).toEqual(struck);
    const next = await workbench.call("chats.send", { chatId: struck.chatId, text: sum });
    expect(endOf(await followRun(workbench, next.runId))).toMatchObject({ state: "done", problem: null });
  });

  it("is stored as interrupted when the workbench closes, within a second or two", async () => {
    const { workbench, home } = await openTestWorkbench();
    const struck = await inMidReply(workbench, () => workbench.close());
    expect(struck.state).toBe("interrupted");
    const again = await openTestWorkbench(home);
    const { messages } = await again.workbench.call("chats.open", { chatId: struck.chatId });
    expect(messages.at(-1)).toEqual(struck);
    expect((struck.thought ?? "") + struck.text).not.toBe("");
  });

  it("is written by the next model in order when the chat's own model and the default are gone", async () => {
    const { workbench } = await openTestWorkbench();
    await workbench.call("settings.change", { defaultModelId: "gone as well" });
    const { id: chatId } = await workbench.call("chats.create", { modelId: "gone" });
    const { runId } = await workbench.call("chats.send", { chatId, text: sum });
    expect(endOf(await followRun(workbench, runId))).toMatchObject({ state: "done", model: { id: "r1-nano" } });
    expect(await workbench.call("chats.open", { chatId })).toMatchObject({ chat: { modelId: "gone" } });
  });

  it("never uses a path given as an id", async () => {
    const { workbench, home } = await openTestWorkbench();
    const path = join(home, "models", "r1-nano.gguf");
    mkdirSync(join(home, "models"), { recursive: true });
    writeFileSync(path, "not a model");
    for (const modelId of [path, "../r1-nano.gguf", "/etc/passwd"]) {
      await expect(workbench.call("models.load", { modelId })).rejects.toMatchObject({ code: "model-not-found" });
      const { id: chatId } = await workbench.call("chats.create", { modelId });
      const { runId } = await workbench.call("chats.send", { chatId, text: sum });
      expect(endOf(await followRun(workbench, runId))).toMatchObject({ state: "done", model: { id: "r1-nano" } });
    }
  });
});

describe("a call", () => {
  it("that is invalid is refused with a code", async () => {
    const { workbench } = await openTestWorkbench();
    const { id: chatId } = await workbench.call("chats.create", {});
    const code = (expected: string) => expect.objectContaining({ code: expected });
    await expect(workbench.call("chats.send", { chatId, text: " \n" })).rejects.toEqual(code("prompt-empty"));
    await expect(workbench.call("chats.open", { chatId: "../x" })).rejects.toEqual(code("chat-not-found"));
    await expect(workbench.call("chats.open", { chatId: 7 } as never)).rejects.toEqual(code("input-invalid"));
    await expect(workbench.call("chats.regenerate", { messageId: "x" })).rejects.toEqual(code("message-not-found"));
    await expect(workbench.call("chats.send", { chatId, text: "x".repeat(4_000_001) })).rejects.toEqual(
      code("prompt-too-long"),
    );
    await workbench.call("runs.stop", { runId: "never was" });
  });

  it("with 1 MB of pasted text is accepted: it is stored, and refused by the context with both numbers", async () => {
    const { workbench } = await openTestWorkbench();
    const text = "many words ".repeat(100_000);
    const { chatId, runId } = await ask(workbench, text);
    const message = endOf(await followRun(workbench, runId));
    expect(message).toMatchObject({ state: "failed", problem: { code: "context-exceeded" } });
    const facts = { case: "prompt", promptTokens: expect.any(Number) as number, contextSize: 2048 };
    expect(message.problem?.facts).toEqual(facts);
    expect(message.problem?.facts?.["promptTokens"]).toBeGreaterThan(100_000);
    expect((await workbench.call("chats.open", { chatId })).messages[0]?.text).toBe(text);
  });

  it("reports a damaged store that was set aside", async () => {
    const home = await temporaryFolder();
    mkdirSync(join(home, "store"));
    writeFileSync(join(home, "store", "chats.db"), "not a database ".repeat(1000));
    const { workbench, events } = await openTestWorkbench(home);
    const { id: chatId } = await workbench.call("chats.create", {});
    expect(readdirSync(join(home, "quarantine"))).toHaveLength(1);
    expect(await workbench.call("notices.list", {})).toMatchObject([{ problem: { code: "store-corrupt" } }]);
    expect(events.some(({ name }) => name === "notices.changed")).toBe(true);
    const [notice] = await workbench.call("notices.list", {});
    await workbench.call("notices.dismiss", { noticeId: notice?.id ?? "" });
    expect(await workbench.call("notices.list", {})).toEqual([]);
    await workbench.call("chats.open", { chatId });
  });
});

it("what was asked for just before the workbench closes is done", async () => {
  const { workbench, home } = await openTestWorkbench();
  const [kept, gone] = [await workbench.call("chats.create", {}), await workbench.call("chats.create", {})];
  const asked = [
    workbench.call("chats.delete", { chatIds: [gone.id] }),
    workbench.call("chats.rename", { chatId: kept.id, title: "At the last moment" }),
    workbench.call("settings.change", { contextSize: 2048 }),
  ];
  await workbench.close();
  await Promise.all(asked);
  const { workbench: again } = await openTestWorkbench(home);
  const { chats } = await again.call("chats.list", { folderId: null, archived: false });
  expect(chats.map(({ title }) => title)).toEqual(["At the last moment"]);
  expect(await again.call("settings.get", {})).toMatchObject({ contextSize: 2048 });
});
