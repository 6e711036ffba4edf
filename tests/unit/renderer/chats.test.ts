import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { chat, fakeBridge, live, message, reply, settings, summary } from "./fakeBridge.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (paint: () => void) => setTimeout(paint, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settled = () => vi.advanceTimersByTimeAsync(0);

async function open(answers: Parameters<typeof fakeBridge>[0] = {}) {
  const fake = fakeBridge({
    "chats.list": () => [summary("c1"), summary("c2")],
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages: [message("u1")] }),
    "chats.create": ({ modelId }) => chat("new", { modelId: modelId ?? null }),
    "chats.configure": ({ chatId, thinking }) => chat(chatId, { thinking: thinking ?? "on" }),
    "chats.send": () => ({ runId: "r1", messageId: "u2" }),
    ...answers,
  });
  const stores = createStores(openDoor(fake.bridge));
  await settled();
  return { ...fake, stores, chats: stores.chats };
}

test("a chat is created with its first message, with all that was chosen before", async () => {
  const { chats, named } = await open();
  await chats.getState().setThinking("off");
  await chats.getState().setModel("q7");
  await chats.getState().setSystemPrompt("Be brief.");
  expect(named("chats.create")).toEqual([]);
  expect(await chats.getState().send("Hello")).toBe(true);
  expect(named("chats.create")).toEqual([{ modelId: "q7" }]);
  expect(named("chats.configure")).toEqual([{ chatId: "new", thinking: "off", systemPrompt: "Be brief." }]);
  expect(named("chats.send")).toEqual([{ chatId: "new", text: "Hello" }]);
  expect(chats.getState().openId).toBe("new");
});

test("of two choices for the chat that begins, the newer one counts, wherever it was made", async () => {
  const { chats, named, emit } = await open();
  await chats.getState().setModel("q7");
  emit("settings.changed", { ...settings, defaultModelId: "q7" });
  emit("settings.changed", { ...settings, defaultModelId: "q14", theme: "dark" });
  expect(await chats.getState().send("Hello")).toBe(true);
  // Null: as the settings say.
  expect(named("chats.create")).toEqual([{ modelId: null }]);
});

test("a chat that is gone, here or through another program, is a new one; another failure is told", async () => {
  const { chats, answers } = await open({
    "chats.open": () => {
      throw new WorkbenchError("chat-not-found");
    },
  });
  chats.getState().open("c1");
  await settled();
  expect(chats.getState()).toMatchObject({ openId: null, conversation: null, problem: null });
  answers["chats.open"] = () => {
    throw new WorkbenchError("store-failed");
  };
  chats.getState().open("c2");
  await settled();
  expect(chats.getState()).toMatchObject({ openId: "c2", conversation: { state: "failed" } });
});

test("a refused message answers false, with the reason kept for the screen", async () => {
  const { chats } = await open({
    "chats.send": () => {
      throw new WorkbenchError("prompt-empty");
    },
  });
  chats.getState().open("c1");
  expect(await chats.getState().send("   ")).toBe(false);
  expect(chats.getState().problem?.code).toBe("prompt-empty");
  expect(chats.getState().sending).toBe(false);
});

test("a draft is saved once the typing rests, and at once when the chat is left", async () => {
  const { chats, named } = await open();
  chats.getState().open("c1");
  const read = vi.fn(() => "half a thou");
  for (let key = 0; key < 50; key++) chats.drafts.note("c1", read);
  expect(read).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "half a thou" }]);
  chats.drafts.note("c1", () => "half a thought");
  chats.getState().open("c2");
  expect(named("chats.saveDraft")).toHaveLength(2);
  expect(chats.drafts.peek("c1")).toBe("half a thought");
  expect(chats.drafts.peek("c2")).toBeUndefined();
});

test("the draft of the chat not yet begun is main's until something is typed here", async () => {
  const { chats, named } = await open({ "chats.newDraft": () => "from the last time" });
  await vi.advanceTimersByTimeAsync(0);
  expect(chats.drafts.peek(null)).toBe("from the last time");
  expect(chats.getState().composerKey).toBe(1);
  chats.drafts.note(null, () => "newer");
  await vi.advanceTimersByTimeAsync(400);
  expect(named("chats.saveDraft")).toEqual([{ chatId: null, draft: "newer" }]);
  await chats.getState().send("newer");
  expect(named("chats.saveDraft").at(-1)).toEqual({ chatId: null, draft: "" });
  expect(chats.drafts.offer(null, "late")).toBe(false);
});

test("sending clears the draft here and in main", async () => {
  const { chats, named } = await open();
  chats.getState().open("c1");
  chats.drafts.note("c1", () => "Hello");
  await chats.getState().send("Hello");
  await vi.advanceTimersByTimeAsync(1000);
  expect(chats.drafts.peek("c1")).toBe("");
  expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "" }]);
});

test("an answer for a chat that was left meanwhile is not shown", async () => {
  const answers = new Map<string, () => void>();
  const { chats } = await open({
    "chats.open": ({ chatId }) =>
      new Promise((resolve) => {
        answers.set(chatId, () => resolve({ chat: chat(chatId), messages: [] }));
      }),
  });
  chats.getState().open("c1");
  await settled();
  chats.getState().open("c2");
  answers.get("c1")?.();
  await settled();
  expect(chats.getState().conversation).toEqual({ state: "loading" });
  answers.get("c2")?.();
  await settled();
  expect(chats.getState().conversation).toMatchObject({ state: "ready", value: { chat: { id: "c2" } } });
});

test("many changes while one answer is awaited cause one more question", async () => {
  const { chats, named, emit } = await open();
  const before = named("chats.list").length;
  for (let index = 0; index < 100; index++) emit("chats.changed", { chatId: null });
  await settled();
  expect(named("chats.list").length - before).toBe(2);
  expect(chats.getState().list.state).toBe("ready");
});

test("a message read again keeps its object, so that it is not drawn again", async () => {
  const { chats, answers, emit } = await open();
  chats.getState().open("c1");
  await settled();
  const read = () => {
    const { conversation } = chats.getState();
    return conversation?.state === "ready" ? conversation.value.messages : [];
  };
  const [first] = read();
  answers["chats.open"] = () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1")] });
  emit("chats.changed", { chatId: "c1" });
  await settled();
  expect(read()).toHaveLength(2);
  expect(read()[0]).toBe(first);
});

test("the reply that ends replaces the streaming one in the same turn as its run goes", async () => {
  const { chats, stores, answers, send } = await open({
    "chats.open": () => ({
      chat: chat("c1", { runId: "r1" }),
      messages: [message("u1"), reply("a1", { state: "streaming", text: "" })],
    }),
  });
  chats.getState().open("c1");
  await settled();
  send("r1", { kind: "snapshot", runId: "r1", message: reply("a1"), stage: { stage: "answering" }, live });
  await vi.advanceTimersByTimeAsync(16);
  expect(stores.runs.getState().byChat.c1?.runId).toBe("r1");
  const seen: string[] = [];
  stores.runs.subscribe(() => {
    const { conversation } = chats.getState();
    seen.push(conversation?.state === "ready" ? (conversation.value.messages[1]?.text ?? "") : "");
  });
  answers["chats.open"] = () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1", { text: "42" })] });
  send("r1", { kind: "ended", message: reply("a1", { text: "42" }) });
  expect(seen).toEqual(["42"]);
  expect(stores.runs.getState().byChat).toEqual({});
});

test("leaving a chat lets go of its run without stopping it; coming back follows it again", async () => {
  const { chats, followers, named } = await open({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId, { runId: chatId === "c1" ? "r1" : null }), messages: [] }),
  });
  chats.getState().open("c1");
  await settled();
  expect(followers("r1")).toBe(1);
  chats.getState().open("c2");
  await settled();
  expect(followers("r1")).toBe(0);
  chats.getState().open("c1");
  await settled();
  expect(followers("r1")).toBe(1);
  expect(named("runs.stop")).toEqual([]);
});

test("delete hides the chat and closes it; undo brings it back; purge ends the time for undoing", async () => {
  const { chats, named } = await open();
  chats.getState().open("c1");
  await settled();
  await chats.getState().remove("c1");
  expect(chats.getState().openId).toBeNull();
  expect(chats.getState().deletions).toEqual([{ chatId: "c1", title: "Title of c1" }]);
  await chats.getState().undoRemove("c1");
  expect(named("chats.restore")).toEqual([{ chatId: "c1" }]);
  expect(chats.getState().deletions).toEqual([]);
  await chats.getState().remove("c2");
  await chats.getState().purge("c2");
  expect(named("chats.purge")).toEqual([{ chatId: "c2" }]);
  expect(chats.getState().deletions).toEqual([]);
});

test("editing sends another version of the same message", async () => {
  const { chats, named } = await open({ "chats.edit": () => ({ runId: "r2", messageId: "u1b" }) });
  chats.getState().open("c1");
  await settled();
  chats.getState().edit("u1");
  expect(chats.getState().editing).toEqual({ messageId: "u1", text: "Text of u1" });
  await chats.getState().send("Better words");
  expect(named("chats.edit")).toEqual([{ messageId: "u1", text: "Better words" }]);
  expect(named("chats.send")).toEqual([]);
  expect(chats.getState().editing).toBeNull();
});
