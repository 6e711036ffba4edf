import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Beginning } from "../../../electron/contract/chats.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { defaultReplySettings } from "../../../electron/contract/defaultReplySettings.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { begun, chat, fakeBridge, live, message, page, reply, settings, summary, whole } from "./fakeBridge.ts";

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
    "chats.list": () => page([summary("c1"), summary("c2")]),
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages: [message("u1")], ...whole }),
    "chats.create": ({ modelId }) => chat("new", { modelId: modelId ?? null }),
    "chats.configure": ({ chatId, thinking }) => chat(chatId, { thinking: thinking ?? "on" }),
    "chats.send": () => begun("r1", "u2"),
    ...answers,
  });
  const stores = createStores(openDoor(fake.bridge));
  await settled();
  const { conversation, composer, chatList: list } = stores;
  return { ...fake, stores, conversation, composer, list };
}

const typed = (draft: string) => ({ draft, pasted: [] });

test("a chat is created with its first message, with everything that was chosen before", async () => {
  const { conversation, composer, named } = await open();
  await composer.getState().setThinking("off");
  await composer.getState().setModel("q7");
  await composer.getState().setSystemPrompt("Be brief.");
  expect(named("chats.create")).toEqual([]);
  expect(await composer.getState().send("Hello")).toBe(true);
  expect(named("chats.create")).toEqual([{ modelId: "q7" }]);
  expect(named("chats.configure")).toEqual([
    { chatId: "new", thinking: "off", systemPrompt: "Be brief.", replySettings: defaultReplySettings },
  ]);
  expect(named("chats.send")).toEqual([{ chatId: "new", text: "Hello", from: typed("Hello") }]);
  expect(conversation.getState().openId).toBe("new");
});

test("what was chosen for the next new chat is kept for the next start, until the chat is begun", async () => {
  const first = await open();
  await first.composer.getState().setThinking("off");
  await first.composer.getState().setSystemPrompt("Be brief.");
  await first.composer.getState().setReplySettings({ seed: 7 });
  const beginning = {
    thinking: "off" as const,
    systemPrompt: "Be brief.",
    replySettings: { ...defaultReplySettings, seed: 7 },
  };
  expect(first.named("chats.saveBeginning").at(-1)).toEqual({ beginning });

  const { composer, named } = await open({ "chats.newDraft": () => ({ ...typed(""), beginning }) });
  expect(composer.getState().begin).toEqual({ ...beginning, modelId: null });
  expect(await composer.getState().send("Hello")).toBe(true);
  expect(named("chats.configure")).toEqual([{ chatId: "new", ...beginning }]);
  expect(named("chats.saveBeginning")).toEqual([{ beginning: null }]);
});

test("a choice for the next new chat that is made before the kept one is read stays", async () => {
  let answer: (draft: ReturnType<typeof typed> & { beginning: Beginning }) => void = () => undefined;
  const { composer } = await open({ "chats.newDraft": () => new Promise((resolve) => (answer = resolve)) });
  await composer.getState().setThinking("off");
  answer({
    ...typed(""),
    beginning: { thinking: "auto", systemPrompt: "Be brief.", replySettings: defaultReplySettings },
  });
  await settled();
  expect(composer.getState().begin).toMatchObject({ thinking: "off", systemPrompt: "" });
});

test("of two choices for the next new chat, the newer one applies, wherever it was made", async () => {
  const { composer, named, emit } = await open();
  await composer.getState().setModel("q7");
  emit("settings.changed", { ...settings, defaultModelId: "q7" });
  emit("settings.changed", { ...settings, defaultModelId: "q14", theme: "dark" });
  expect(await composer.getState().send("Hello")).toBe(true);
  // Null stands for the settings.
  expect(named("chats.create")).toEqual([{ modelId: null }]);
});

test("a chat that is gone, here or through another program, becomes a new one; other failures are shown", async () => {
  const { conversation, composer, answers } = await open({
    "chats.open": () => {
      throw new WorkbenchError("chat-not-found");
    },
  });
  conversation.getState().open("c1");
  await settled();
  expect(conversation.getState()).toMatchObject({ openId: null, conversation: null });
  expect(composer.getState().problem).toBeNull();
  answers["chats.open"] = () => {
    throw new WorkbenchError("store-failed");
  };
  conversation.getState().open("c2");
  await settled();
  expect(conversation.getState()).toMatchObject({ openId: "c2", conversation: { state: "failed" } });
});

test("a refused message resolves with false, and the reason is kept for the screen", async () => {
  const { conversation, composer } = await open({
    "chats.send": () => {
      throw new WorkbenchError("prompt-empty");
    },
  });
  conversation.getState().open("c1");
  expect(await composer.getState().send("   ")).toBe(false);
  expect(composer.getState().problem?.code).toBe("prompt-empty");
  expect(composer.getState().sending).toBe(false);
});

test("a draft is saved when typing pauses, and at once when the chat is left", async () => {
  const { conversation, composer, named } = await open();
  conversation.getState().open("c1");
  const read = vi.fn(() => typed("half a thou"));
  for (let key = 0; key < 50; key++) composer.drafts.note("c1", read);
  expect(read).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "half a thou", before: { draft: "" } }]);
  composer.drafts.note("c1", () => typed("half a thought"));
  conversation.getState().open("c2");
  expect(named("chats.saveDraft")).toHaveLength(2);
  expect(composer.drafts.peek("c1")?.draft).toBe("half a thought");
  await settled();
  expect(composer.drafts.peek("c2")?.draft).toBe("");
});

test("the draft of the next new chat is main's until something is typed here", async () => {
  const { composer, named } = await open({
    "chats.newDraft": () => ({ ...typed("from the last time"), beginning: null }),
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(composer.drafts.peek(null)?.draft).toBe("from the last time");
  composer.drafts.note(null, () => typed("newer"));
  await vi.advanceTimersByTimeAsync(400);
  const before = { draft: "from the last time" };
  expect(named("chats.saveDraft")).toEqual([{ chatId: null, draft: "newer", before }]);
  await composer.getState().send("newer");
  expect(named("chats.saveDraft").at(-1)).toEqual({ chatId: null, draft: "", before: { draft: "newer" } });
  expect(composer.drafts.peek("new")?.draft).toBe("");
  composer.drafts.offer(null, typed("late"));
  expect(composer.drafts.peek(null)?.draft).toBe("");
});

test("a field that was drawn before the chat was read, and attached afterwards, shows its draft", async () => {
  const { conversation, composer } = await open({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId, { draft: "stored" }), messages: [], ...whole }),
  });
  conversation.getState().open("c1");
  await settled();
  const show = vi.fn();
  composer.drafts.attach("c1", { show, isBusy: () => false });
  expect(show).toHaveBeenCalledWith(expect.objectContaining(typed("stored")));
  // What is being typed is newer.
  composer.drafts.note("c1", () => typed("stored and more"));
  const again = vi.fn();
  composer.drafts.attach("c1", { show: again, isBusy: () => false });
  expect(again).not.toHaveBeenCalled();
});

test("sending clears the draft here and in main", async () => {
  const { conversation, composer, named } = await open();
  conversation.getState().open("c1");
  composer.drafts.note("c1", () => typed("Hello"));
  await composer.getState().send("Hello");
  await vi.advanceTimersByTimeAsync(1000);
  expect(composer.drafts.peek("c1")?.draft).toBe("");
  expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "Hello", before: { draft: "" } }]);
  expect(named("chats.send")).toEqual([{ chatId: "c1", text: "Hello", from: typed("Hello") }]);
});

test("the response for a chat that was left meanwhile is not shown", async () => {
  const answers = new Map<string, () => void>();
  const { conversation } = await open({
    "chats.open": ({ chatId }) =>
      new Promise((resolve) => {
        answers.set(chatId, () => resolve({ chat: chat(chatId), messages: [], ...whole }));
      }),
  });
  conversation.getState().open("c1");
  await settled();
  conversation.getState().open("c2");
  answers.get("c1")?.();
  await settled();
  expect(conversation.getState().conversation).toEqual({ state: "loading" });
  answers.get("c2")?.();
  await settled();
  expect(conversation.getState().conversation).toMatchObject({ state: "ready", value: { chat: { id: "c2" } } });
});

test("events are applied row by row, in order, and nothing is read again", async () => {
  const { list, conversation, emit, calls } = await open({
    "chats.list": () => page([summary("c1", { updatedAt: 20 }), summary("c2", { updatedAt: 10 })], 7),
  });
  conversation.getState().open("c1");
  await settled();
  const before = calls.length;
  const rows = () => {
    const { list: read } = list.getState();
    return read.state === "ready" ? read.value.map(({ id, title }) => [id, title]) : [];
  };
  // Already included in the first page.
  emit("chats.changed", { sequence: 7, chats: [summary("c1", { title: "old" })], removed: [] });
  emit("chats.changed", { sequence: 8, chats: [summary("c2", { title: "new", updatedAt: 30 })], removed: [] });
  expect(rows()).toEqual([
    ["c2", "new"],
    ["c1", "Title of c1"],
  ]);
  emit("chats.changed", { sequence: 9, chats: [summary("c3", { updatedAt: 40 })], removed: ["c2"] });
  expect(rows().map(([id]) => id)).toEqual(["c3", "c1"]);
  emit("chats.changed", { sequence: 10, chats: [summary("c1", { title: "Renamed", runId: "r1" })], removed: [] });
  expect(conversation.getState().conversation).toMatchObject({ value: { chat: { title: "Renamed", runId: "r1" } } });
  emit("chats.changed", { sequence: 11, chats: [], removed: ["c1"] });
  expect(conversation.getState().openId).toBeNull();
  await settled();
  expect(calls.slice(before)).toEqual([]);
});

test("after a missing event the list and the open chat are read again, once, however much was missed", async () => {
  let sequence = 0;
  const { list, conversation, emit, named } = await open({
    "chats.list": () => page([summary("c1", { title: `at ${sequence}` })], sequence),
  });
  conversation.getState().open("c1");
  await settled();
  sequence = 102;
  for (let number = 2; number <= 102; number++) emit("chats.changed", { sequence: number, chats: [], removed: [] });
  await settled();
  expect(named("chats.list")).toHaveLength(2);
  expect(named("chats.open")).toHaveLength(2);
  expect(list.getState().list).toMatchObject({ value: [{ title: "at 102" }] });
  // From there on, events are applied again.
  emit("chats.changed", { sequence: 103, chats: [summary("c9")], removed: [] });
  await settled();
  expect(list.getState().list).toMatchObject({ value: [{ id: "c9" }, { id: "c1" }] });
  expect(named("chats.list")).toHaveLength(2);
});

test("events that arrive while the list is read are applied to it afterwards", async () => {
  const asked: (() => void)[] = [];
  const { list, emit } = await open({
    "chats.list": () =>
      new Promise((resolve) => {
        asked.push(() => resolve(page([summary("c1")], 4)));
      }),
  });
  emit("chats.changed", { sequence: 4, chats: [summary("c1", { title: "old" })], removed: [] });
  emit("chats.changed", { sequence: 5, chats: [summary("c2")], removed: [] });
  asked[0]?.();
  await settled();
  expect(list.getState().list).toMatchObject({ state: "ready", value: [{ id: "c2" }, { title: "Title of c1" }] });
});

test("the list is read page by page; after a gap the same number of chats is read again, and no more", async () => {
  const all = Array.from({ length: 250 }, (_, at) => summary(`c${at}`, { updatedAt: 1000 - at }));
  const { list, emit, named } = await open({
    "chats.list": ({ cursor }) => {
      const start = Number(cursor ?? 0);
      return {
        chats: all.slice(start, start + 100),
        next: start + 100 < 250 ? String(start + 100) : null,
        sequence: 0,
      };
    },
  });
  const read = () => {
    const { list: shown } = list.getState();
    return shown.state === "ready" ? shown.value.length : 0;
  };
  expect(read()).toBe(100);
  await Promise.all([list.getState().readMore(), list.getState().readMore()]);
  expect(read()).toBeGreaterThanOrEqual(200);
  const before = read();
  // A chat that was not read yet comes with its page; one that has just changed moves to the top.
  emit("chats.changed", { sequence: 1, chats: [summary("old", { updatedAt: 1 })], removed: [] });
  emit("chats.changed", { sequence: 2, chats: [summary("new", { updatedAt: 2000 })], removed: [] });
  expect(read()).toBe(before < 250 ? before + 1 : before + 2);
  emit("chats.changed", { sequence: 9, chats: [], removed: [] });
  await settled();
  expect(read()).toBeGreaterThanOrEqual(before);
  expect(new Set(named("chats.list").map((input) => JSON.stringify(input))).size).toBe(3);
});

const kept = (id: string) => reply(id, { parentId: "u2", text: "42" });

test("one reply causes no reads: its start, its end and its row come as events", async () => {
  const { conversation, composer, list, calls, emit, send } = await open({
    "chats.list": () => page([summary("c1")]),
    "chats.open": () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1", { parentId: "u1" })], ...whole }),
    "chats.send": () => begun("r1", "u2", "a1"),
  });
  conversation.getState().open("c1");
  await settled();
  const before = calls.length;
  emit("runs.started", { chatId: "c1", ...begun("r1", "u2", "a1") });
  emit("chats.changed", { sequence: 1, chats: [summary("c1", { runId: "r1" })], removed: [] });
  await composer.getState().send("And now?");
  const messages = () => {
    const shown = conversation.getState().conversation;
    return shown?.state === "ready" ? shown.value.messages.map(({ id, text }) => [id, text]) : [];
  };
  expect(messages().map(([id]) => id)).toEqual(["u1", "a1", "u2", "r1"]);
  send("r1", { kind: "snapshot", runId: "r1", message: reply("r1"), stage: { stage: "answering" }, live });
  send("r1", { kind: "ended", message: kept("r1") });
  emit("runs.ended", { chatId: "c1", runId: "r1", message: kept("r1") });
  emit("chats.changed", { sequence: 2, chats: [summary("c1", { updatedAt: Date.now() + 1 })], removed: [] });
  emit("models.used", { modelId: "r1-nano", lastUsedAt: 5, measuredTokensPerSecond: 23 });
  await settled();
  expect(messages().at(-1)).toEqual(["r1", "42"]);
  expect(conversation.getState().conversation).toMatchObject({ value: { chat: { runId: null } } });
  expect(list.getState().list).toMatchObject({ value: [{ id: "c1", runId: null }] });
  expect(calls.slice(before).map(({ name }) => name)).toEqual(["chats.send"]);
});

test("a reply that ends before its start was confirmed is not shown as started again", async () => {
  const { conversation, composer, emit } = await open({
    "chats.send": () => {
      emit("runs.started", { chatId: "c1", ...begun("r1", "u2", "u1") });
      emit("runs.ended", { chatId: "c1", runId: "r1", message: kept("r1") });
      return begun("r1", "u2", "u1");
    },
  });
  conversation.getState().open("c1");
  await settled();
  await composer.getState().send("Quick");
  expect(conversation.getState().conversation).toMatchObject({
    value: { chat: { runId: null }, messages: [{ id: "u1" }, { id: "u2" }, { id: "r1", text: "42" }] },
  });
});

test("a second press while a reply is being begun or written begins no other", async () => {
  const { conversation, composer, named, emit } = await open({
    "chats.open": ({ chatId }) => ({
      chat: chat(chatId),
      messages: [message("u1"), reply("a1", { parentId: "u1" })],
      ...whole,
    }),
    "chats.regenerate": () => begun("r1", "u1"),
  });
  conversation.getState().open("c1");
  await settled();
  const { regenerate } = conversation.getState();
  await Promise.all([regenerate("a1"), regenerate("a1")]);
  await regenerate("a1");
  expect(named("chats.regenerate")).toHaveLength(1);
  expect(composer.getState().problem).toBeNull();
  emit("runs.ended", { chatId: "c1", runId: "r1", message: reply("r1", { parentId: "u1" }) });
  await regenerate("r1");
  expect(named("chats.regenerate")).toHaveLength(2);
});

test("messages are read upwards and downwards from where a chat was opened; its end is one step away", async () => {
  const at = (number: number) => message(`m${number}`, { parentId: number === 0 ? null : `m${number - 1}` });
  const part = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => at(from + index));
  const { conversation, named } = await open({
    "chats.open": ({ atEnd }) =>
      atEnd === true
        ? { chat: chat("c1"), messages: part(80, 100), earlier: "m80", later: null }
        : { chat: chat("c1"), messages: part(40, 60), earlier: "m40", later: "m59" },
    "chats.messages": ({ cursor, direction }) => {
      const number = Number(cursor.slice(1));
      return direction === "earlier"
        ? { messages: part(number - 20, number), next: number === 20 ? null : `m${number - 20}` }
        : { messages: part(number + 1, number + 21), next: number === 79 ? null : `m${number + 20}` };
    },
  });
  // A page is shown in steps, one in each frame.
  const read = async (direction: "earlier" | "later") => {
    const done = conversation.getState().readMore(direction);
    await vi.advanceTimersByTimeAsync(100);
    await done;
  };
  conversation.getState().open("c1", { messageId: "m50", query: "words" });
  await settled();
  expect(named("chats.open")).toEqual([{ chatId: "c1", at: "m50", atEnd: false }]);
  // Read again, as after a missing event, it extends as far down as before.
  await read("later");
  await conversation.getState().reload();
  expect(named("chats.open").at(-1)).toEqual({ chatId: "c1", near: "m40", atEnd: false });
  expect(conversation.getState().conversation).toMatchObject({ value: { earlier: "m40", later: "m79" } });
  conversation.getState().open("c1", { messageId: "m50", query: "words" });
  await settled();
  const span = () => {
    const shown = conversation.getState().conversation;
    if (shown?.state !== "ready") return null;
    const { messages, earlier, later } = shown.value;
    return [messages[0]?.id, messages.at(-1)?.id, messages.length, earlier, later];
  };
  await Promise.all([read("earlier"), read("later")]);
  expect(span()).toEqual(["m20", "m79", 60, "m20", "m79"]);
  await read("earlier");
  expect(span()).toEqual(["m0", "m79", 80, null, "m79"]);
  await read("earlier");
  expect((await conversation.getState().readAll())?.length).toBe(100);
  expect(span()).toEqual(["m0", "m99", 100, null, null]);

  conversation.getState().open("c1", { messageId: "m50", query: "words" });
  await settled();
  expect(span()).toEqual(["m40", "m59", 20, "m40", "m59"]);
  // A reply started elsewhere leads to the end.
  conversation.getState().start("c1", begun("r1", "u100", "m99"));
  await settled();
  expect(named("chats.open").at(-1)).toEqual({ chatId: "c1", at: null, atEnd: true });
  expect(span()).toEqual(["m80", "m99", 20, "m80", null]);
});

test("a page is shown in steps, those next to the reader first; a chat opened elsewhere meanwhile gets none of it", async () => {
  const part = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => message(`m${from + index}`));
  const { conversation } = await open({
    "chats.open": ({ at }) => ({
      chat: chat("c1"),
      messages: at === "m10" ? part(10, 12) : part(40, 42),
      earlier: at === "m10" ? "m10" : "m40",
      later: null,
    }),
    "chats.messages": () => ({ messages: part(15, 40), next: "m15" }),
  });
  conversation.getState().open("c1");
  await settled();
  const shown = () => {
    const { conversation: now } = conversation.getState();
    return now?.state === "ready" ? [now.value.messages[0]?.id, now.value.messages.length, now.value.earlier] : null;
  };
  void conversation.getState().readMore("earlier");
  await settled();
  expect(shown()).toEqual(["m30", 12, "m40"]);
  await vi.advanceTimersByTimeAsync(16);
  expect(shown()).toEqual(["m20", 22, "m40"]);
  conversation.getState().open("c1", { messageId: "m10", query: "words" });
  await vi.advanceTimersByTimeAsync(100);
  expect(shown()).toEqual(["m10", 2, "m10"]);

  conversation.getState().open(null);
  conversation.getState().open("c1");
  await settled();
  void conversation.getState().readMore("earlier");
  await vi.advanceTimersByTimeAsync(100);
  expect(shown()).toEqual(["m15", 27, "m15"]);
});

test("a chosen version is shown below what was read above it; reading the chat again keeps that", async () => {
  const { conversation, answers, emit } = await open({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [message("u9", { parentId: "x" })],
      earlier: "u9",
      later: null,
    }),
    "chats.messages": () => ({ messages: [message("u1"), reply("x", { parentId: "u1" })], next: null }),
    "chats.selectVersion": () => ({
      messages: [message("v9", { parentId: "x" }), reply("w", { parentId: "v9" })],
      next: null,
    }),
  });
  conversation.getState().open("c1");
  await settled();
  await conversation.getState().readMore("earlier");
  await conversation.getState().selectVersion("v9");
  const ids = () => {
    const shown = conversation.getState().conversation;
    return shown?.state === "ready" ? shown.value.messages.map(({ id }) => id) : [];
  };
  expect(ids()).toEqual(["u1", "x", "v9", "w"]);
  answers["chats.open"] = () => ({
    chat: chat("c1"),
    messages: [message("v9", { parentId: "x" }), reply("w", { parentId: "v9" }), message("u10", { parentId: "w" })],
    earlier: "v9",
    later: null,
  });
  emit("chats.changed", { sequence: 5, chats: [], removed: [] });
  await settled();
  expect(ids()).toEqual(["u1", "x", "v9", "w", "u10"]);
  expect(conversation.getState().conversation).toMatchObject({ value: { earlier: null } });
});

test("a message that is read again keeps its object, so that it is not rendered again", async () => {
  const { conversation, answers } = await open();
  conversation.getState().open("c1");
  await settled();
  const read = () => {
    const shown = conversation.getState().conversation;
    return shown?.state === "ready" ? shown.value.messages : [];
  };
  const [first] = read();
  answers["chats.open"] = () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1")], ...whole });
  await conversation.getState().reload();
  expect(read()).toHaveLength(2);
  expect(read()[0]).toBe(first);
});

test("a search shows the hits of the newest query only, and reads them page by page", async () => {
  const answered = new Map<string, () => void>();
  const hit = (id: string) => ({
    chat: { id: `chat of ${id}`, title: "T", archived: false, folderId: null },
    titleMarks: [],
    at: 1,
    messageId: id,
    server: null,
    snippet: id,
    marks: [],
  });
  const { stores, named } = await open({
    "chats.search": ({ query, cursor }) =>
      new Promise((resolve) => {
        const hits = [hit(`${query} ${cursor ?? ""}`)];
        answered.set(`${query} ${cursor ?? ""}`, () =>
          resolve({ hits, next: cursor === "p2" ? null : "p2", total: null }),
        );
      }),
  });
  const { chatSearch } = stores;
  const snippets = () => {
    const { hits } = chatSearch.getState();
    return hits?.state === "ready" ? hits.value.map(({ snippet }) => snippet) : hits?.state;
  };
  void chatSearch.getState().search("old");
  expect(snippets()).toBe("loading");
  void chatSearch.getState().search("new");
  answered.get("old ")?.();
  await settled();
  expect(snippets()).toBe("loading");
  answered.get("new ")?.();
  await settled();
  expect(snippets()).toEqual(["new "]);
  void chatSearch.getState().readMore();
  answered.get("new p2")?.();
  await settled();
  expect(snippets()).toEqual(["new ", "new p2"]);
  await chatSearch.getState().readMore();
  await chatSearch.getState().search(" \u00ad ");
  expect(chatSearch.getState().hits).toBeNull();
  expect(named("chats.search")).toHaveLength(3);
});

test("an ended reply replaces the streaming one in the same turn in which its run is removed", async () => {
  const { conversation, stores, answers, send } = await open({
    "chats.open": () => ({
      chat: chat("c1", { runId: "r1" }),
      messages: [message("u1"), reply("a1", { state: "streaming", text: "" })],
      ...whole,
    }),
  });
  conversation.getState().open("c1");
  await settled();
  send("r1", { kind: "snapshot", runId: "r1", message: reply("a1"), stage: { stage: "answering" }, live });
  await vi.advanceTimersByTimeAsync(16);
  expect(stores.runs.getState().byChat.c1?.runId).toBe("r1");
  const seen: string[] = [];
  stores.runs.subscribe(() => {
    const shown = conversation.getState().conversation;
    seen.push(shown?.state === "ready" ? (shown.value.messages[1]?.text ?? "") : "");
  });
  answers["chats.open"] = () => ({
    chat: chat("c1"),
    messages: [message("u1"), reply("a1", { text: "42" })],
    ...whole,
  });
  send("r1", { kind: "ended", message: reply("a1", { text: "42" }) });
  expect(seen).toEqual(["42"]);
  expect(stores.runs.getState().byChat).toEqual({});
});

test("leaving a chat unfollows its run without stopping it; returning follows it again", async () => {
  const { conversation, followers, named } = await open({
    "chats.open": ({ chatId }) => ({
      chat: chat(chatId, { runId: chatId === "c1" ? "r1" : null }),
      messages: [],
      ...whole,
    }),
  });
  conversation.getState().open("c1");
  await settled();
  expect(followers("r1")).toBe(1);
  conversation.getState().open("c2");
  await settled();
  expect(followers("r1")).toBe(0);
  conversation.getState().open("c1");
  await settled();
  expect(followers("r1")).toBe(1);
  expect(named("runs.stop")).toEqual([]);
});

test("delete hides the chat and closes it; undo restores it; purge ends the time for undo", async () => {
  const { conversation, list, named } = await open();
  conversation.getState().open("c1");
  await settled();
  const deletion = () => list.getState().deletions[0] ?? { chatIds: [], title: "", openId: null };
  await list.getState().remove(["c1"], "Title of c1");
  expect(conversation.getState().openId).toBeNull();
  expect(list.getState().deletions).toEqual([{ chatIds: ["c1"], title: "Title of c1", openId: "c1" }]);
  await list.getState().undoRemove(deletion());
  expect(named("chats.restore")).toEqual([{ chatIds: ["c1"] }]);
  expect(list.getState().deletions).toEqual([]);
  await list.getState().remove(["c2"]);
  await list.getState().purge(deletion());
  expect(named("chats.purge")).toEqual([{ chatIds: ["c2"] }]);
  expect(list.getState().deletions).toEqual([]);
});

test.each(["before", "after"])(
  "a temporary chat that is kept stays open if its news come %s the answer",
  async (when) => {
    const news = () => emit("chats.changed", { sequence: 1, chats: [summary("k1")], removed: ["temporary-1"] });
    const { conversation, list, emit } = await open({
      "chats.keep": () => {
        if (when === "before") news();
        return chat("k1");
      },
    });
    conversation.getState().open("temporary-1");
    await settled();
    await list.getState().keep("temporary-1");
    if (when === "after") news();
    expect(conversation.getState().openId).toBe("k1");
  },
);

test("editing a reply stores another version, and starts no run", async () => {
  const own = reply("a1b", { parentId: "u1", text: "Better words" });
  const { conversation, composer, named } = await open({
    "chats.open": ({ chatId }) => ({
      chat: chat(chatId),
      messages: [message("u1"), reply("a1", { parentId: "u1" }), message("u2", { parentId: "a1" })],
      ...whole,
    }),
    "chats.editReply": () => own,
  });
  conversation.getState().open("c1");
  await settled();
  await composer.getState().edit("a1");
  await composer.getState().send("Better words");
  expect(named("chats.editReply")).toEqual([{ messageId: "a1", text: "Better words" }]);
  expect([...named("chats.edit"), ...named("chats.send")]).toEqual([]);
  expect(composer.getState().editing).toBeNull();
  const shown = conversation.getState().conversation;
  expect(shown?.state === "ready" && shown.value.messages.map(({ id }) => id)).toEqual(["u1", "a1b"]);
});

test("editing sends another version of the same message", async () => {
  const { conversation, composer, named } = await open({ "chats.edit": () => begun("r2", "u1b") });
  conversation.getState().open("c1");
  await settled();
  await composer.getState().edit("u1");
  expect(composer.getState().editing).toEqual({ messageId: "u1", text: "Text of u1" });
  await composer.getState().send("Better words");
  expect(named("chats.edit")).toEqual([{ messageId: "u1", text: "Better words" }]);
  expect(named("chats.send")).toEqual([]);
  expect(composer.getState().editing).toBeNull();
});
