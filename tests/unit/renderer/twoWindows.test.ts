import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chatsCalls, type Draft } from "../../../electron/contract/chats.ts";
import type { EventListener } from "../../../electron/contract/events.ts";
import { ChatChanges } from "../../../electron/workbench/chats/ChatChanges.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { type ChatsOptions, chatsHandlers } from "../../../electron/workbench/chats/chatsHandlers.ts";
import { PlainChats } from "../../../electron/workbench/chats/PlainChats.ts";
import { Notices } from "../../../electron/workbench/Notices.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { askStore } from "../../support/chats/askStore.ts";
import { createStores, type Stores } from "../../../renderer/stores/stores.ts";
import { fakeBridge } from "./fakeBridge.ts";

const model = { id: "nano", name: "R1 Nano" };
const saveMs = 200;
let home: string;
let store: ChatStore;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (paint: () => void) => setTimeout(paint, 16));
  home = mkdtempSync(join(tmpdir(), "two-windows-"));
  store = new ChatStore(home);
});
afterEach(() => {
  store.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  rmSync(home, { recursive: true, force: true });
});

const settled = () => vi.advanceTimersByTimeAsync(0);

/** The chat's handlers with their store, and two windows that show the same chat with one answered question. */
async function openTwo() {
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const answer = (text: string, parent?: string) => {
    const { reply } =
      parent === undefined
        ? store.beginTurn({ chatId, text, model })
        : store.beginVersion({ messageId: parent, model });
    store.finishReply({
      messageId: reply.id,
      text: `Answer to ${text}`,
      thought: null,
      state: "done",
      stats: null,
      problem: null,
    });
    return reply.id;
  };
  const first = answer("one");
  const windows: ReturnType<typeof fakeBridge>[] = [];
  const tell: EventListener = (name, data) => {
    for (const window of windows) window.emit(name, structuredClone(data));
  };
  const request = async (name: string, params: never) => askStore(store, name, params);
  const client = { request } as unknown as ChatsOptions["store"];
  const handlers = chatsHandlers({
    store: client,
    runs: {
      start: ({ reply, history }: { reply: { id: string }; history: unknown[] }) => ({
        runId: reply.id,
        messages: [history.at(-1), reply],
      }),
      runIn: () => null,
      isHeld: () => false,
      stopInChat: () => Promise.resolve(),
      freshest: (message: unknown) => message,
    } as never,
    models: { thinkingOf: () => Promise.resolve("on"), nameOf: () => Promise.resolve(model) } as never,
    documents: { folders: { whileAsked: (_chatId: string, work: () => unknown) => work() } } as never,
    room: { cancelSummary: () => undefined } as never,
    keepSummary: () => Promise.reject(new Error("not used")),
    plainChats: new PlainChats(home),
    notices: new Notices(() => undefined),
    changes: new ChatChanges({ store: client, runIn: () => null, onNews: (news) => tell("chats.changed", news) }),
    forgetRead: () => Promise.resolve(),
    onEvent: tell,
  });
  const parsed = Object.entries(chatsCalls).map(([name, { input }]) => [
    name,
    (given: never) => (handlers[name as keyof typeof handlers] as (params: unknown) => unknown)(input.parse(given)),
  ]);
  const answers = Object.fromEntries(parsed) as Parameters<typeof fakeBridge>[0];
  for (let index = 0; index < 2; index += 1) windows.push(fakeBridge(answers, { tellsItself: false }));
  const [here, there] = windows.map(({ bridge }) => createStores(openDoor(bridge)));
  if (here === undefined || there === undefined) throw new Error("two windows");
  for (const window of [here, there]) window.conversation.getState().open(chatId);
  await settled();
  return { chatId, first, answer, here, there, windows };
}

const chatIn = ({ conversation }: Stores) => {
  const shown = conversation.getState().conversation;
  if (shown?.state !== "ready") throw new Error("The chat is not open.");
  return shown.value;
};
const textsIn = (window: Stores) => chatIn(window).messages.map(({ text }) => text);

/** A field as the composer has it. */
function fieldOf(window: Stores, chatId: string) {
  const field = {
    value: window.composer.drafts.peek(chatId)?.draft ?? "",
    pasted: [] as readonly string[],
    isBusy: false,
  };
  const read = (): Draft => ({ draft: field.value, pasted: [...field.pasted] });
  window.composer.drafts.attach(chatId, {
    show: ({ draft, pasted }) => Object.assign(field, { value: draft, pasted }),
    isBusy: () => field.isBusy,
  });
  const type = (value: string, pasted = field.pasted): void => {
    Object.assign(field, { value, pasted });
    window.composer.drafts.note(chatId, read);
  };
  return Object.assign(field, { type, read });
}

test("what is changed about a chat in one window is shown in the other", async () => {
  const { chatId, here, there } = await openTwo();
  await here.composer.getState().setModel("q7");
  await here.composer.getState().setThinking("off");
  await here.composer.getState().setSystemPrompt("Be brief.");
  await here.composer.getState().setReplySettings({ temperature: 0.2 });
  await here.chatList.getState().rename(chatId, "Renamed");
  await here.chatList.getState().pin([chatId], true);
  await settled();
  const expected = { modelId: "q7", thinking: "off", systemPrompt: "Be brief.", title: "Renamed", pinned: true };
  for (const window of [here, there]) {
    expect(chatIn(window).chat).toMatchObject({ ...expected, replySettings: { temperature: 0.2, topP: null } });
  }
});

test("of settings that are changed in both windows at once, each one is as it was set last", async () => {
  const { here, there } = await openTwo();
  await Promise.all([
    here.composer.getState().setReplySettings({ temperature: 0.2 }),
    there.composer.getState().setReplySettings({ topP: 0.5 }),
    here.composer.getState().setThinking("off"),
    there.composer.getState().setThinking("auto"),
  ]);
  await settled();
  for (const window of [here, there]) {
    expect(chatIn(window).chat).toMatchObject({ thinking: "auto", replySettings: { temperature: 0.2, topP: 0.5 } });
  }
});

test("another version, a deleted reply and its return are shown in both windows", async () => {
  const { first, answer, here, there } = await openTwo();
  answer("one, again", first);
  for (const window of [here, there]) await window.conversation.getState().reload();
  expect(textsIn(there)).toEqual(["one", "Answer to one, again"]);
  await here.conversation.getState().selectVersion(first);
  await settled();
  expect(textsIn(here)).toEqual(["one", "Answer to one"]);
  expect(textsIn(there)).toEqual(["one", "Answer to one"]);

  await there.replies.getState().remove(first);
  await settled();
  expect(textsIn(here)).toEqual(["one", "Answer to one, again"]);
  expect(textsIn(there)).toEqual(["one", "Answer to one, again"]);
  await there.replies.getState().undoRemove(there.replies.getState().deletions[0]?.deletionId ?? "");
  await settled();
  expect(textsIn(here)).toEqual(["one", "Answer to one"]);
});

test("a window that reads again stays on the branch that the other one has chosen", async () => {
  const { chatId, first, answer, here, there } = await openTwo();
  for (let turn = 0; turn < 40; turn += 1) answer(`turn ${turn}`);
  // It shows a part in the middle of the first branch.
  const middle = store.readBranch({ chatId }).messages[30]?.id ?? "";
  there.conversation.getState().open(chatId, { messageId: middle, query: "turn" });
  await settled();
  expect(chatIn(there).later).not.toBeNull();
  const again = answer("another", first);
  await here.conversation.getState().selectVersion(again);
  await settled();
  expect(store.readBranch({ chatId }).messages.map(({ text }) => text)).toEqual(["one", "Answer to another"]);
  expect(textsIn(there)).toEqual(["one", "Answer to another"]);
});

test("what is typed in one window is soon in the other", async () => {
  const { chatId, here, there } = await openTwo();
  const [mine, yours] = [fieldOf(here, chatId), fieldOf(there, chatId)];
  mine.type("Hello");
  await vi.advanceTimersByTimeAsync(saveMs);
  expect(yours.value).toBe("Hello");
  yours.type("Hello you", ["a long text"]);
  await vi.advanceTimersByTimeAsync(saveMs);
  expect(mine).toMatchObject({ value: "Hello you", pasted: ["a long text"] });
  mine.type("Hello you", []);
  await vi.advanceTimersByTimeAsync(saveMs);
  expect(yours).toMatchObject({ value: "Hello you", pasted: [] });
});

test("where both windows are typed in at once, every word of both stays, in both and in the store", async () => {
  const { chatId, here, there } = await openTwo();
  const [mine, yours] = [fieldOf(here, chatId), fieldOf(there, chatId)];
  const words = { mine: "one two three four five six", yours: "alpha beta gamma delta epsilon" };
  const typed = { mine: 0, yours: 0 };
  const press = (field: typeof mine, who: "mine" | "yours"): void => {
    const text = words[who];
    if (typed[who] >= text.length) return;
    // The caret stays after the letters that were typed before.
    const at = field.value.indexOf(text.slice(0, typed[who])) + typed[who];
    typed[who] += 1;
    field.type(field.value.slice(0, at) + text[typed[who] - 1] + field.value.slice(at));
  };
  for (let key = 0; key < 40; key += 1) {
    press(mine, "mine");
    press(yours, "yours");
    await vi.advanceTimersByTimeAsync(37);
  }
  await vi.advanceTimersByTimeAsync(2 * saveMs);
  expect(mine.value).toContain(words.mine);
  expect(mine.value).toContain(words.yours);
  expect(yours.value).toBe(mine.value);
  expect(store.readChat({ chatId }).draft).toBe(mine.value);
});

test("a message that is sent leaves both windows; what was typed in the other one meanwhile stays", async () => {
  const { chatId, here, there } = await openTwo();
  const [mine, yours] = [fieldOf(here, chatId), fieldOf(there, chatId)];
  mine.type("What is 2 + 3?");
  await vi.advanceTimersByTimeAsync(saveMs);
  yours.type("What is 2 + 3? And why?");
  expect(await here.composer.getState().send(mine.value, mine.read())).toBe(true);
  await vi.advanceTimersByTimeAsync(2 * saveMs);
  expect(mine.value).toBe(" And why?");
  expect(yours.value).toBe(" And why?");
  expect(store.readChat({ chatId }).draft).toBe(" And why?");
});

test("a draft that is sent from both windows at once is sent once, and leaves both", async () => {
  const { chatId, here, there } = await openTwo();
  const [mine, yours] = [fieldOf(here, chatId), fieldOf(there, chatId)];
  mine.type("What is 2 + 3?");
  await vi.advanceTimersByTimeAsync(saveMs);
  const sent = [here, there].map((window) => window.composer.getState().send(mine.value, mine.read()));
  expect(await Promise.all(sent)).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(2 * saveMs);
  expect(store.readBranch({ chatId }).messages.filter(({ role }) => role === "user")).toHaveLength(2);
  expect([mine.value, yours.value, store.readChat({ chatId }).draft]).toEqual(["", "", ""]);
});

test("letters typed while a message is being stored are the next draft", async () => {
  const { chatId, here } = await openTwo();
  const mine = fieldOf(here, chatId);
  mine.type("Hello");
  const sent = here.composer.getState().send("Hello", mine.read());
  mine.type("Hello, and");
  await sent;
  await vi.advanceTimersByTimeAsync(2 * saveMs);
  expect(mine.value).toBe(", and");
  expect(store.readChat({ chatId }).draft).toBe(", and");
});

test("while an input method composes, its text is not changed; afterwards both texts are there", async () => {
  const { chatId, here, there } = await openTwo();
  const [mine, yours] = [fieldOf(here, chatId), fieldOf(there, chatId)];
  mine.isBusy = true;
  mine.type("ni hao");
  yours.type("hello");
  await vi.advanceTimersByTimeAsync(2 * saveMs);
  expect(mine.value).toBe("ni hao");
  mine.isBusy = false;
  here.composer.drafts.settle(chatId);
  await vi.advanceTimersByTimeAsync(2 * saveMs);
  expect(mine.value).toMatch(/ni hao\nhello|hello\nni hao/);
  expect(yours.value).toBe(mine.value);
});

test("the words of an edit are kept, and become part of the draft if its message is gone", async () => {
  const { chatId, here, first } = await openTwo();
  const question = chatIn(here).messages[0]?.id ?? "";
  await here.composer.getState().edit(question);
  here.composer.noteEdit(() => "one, but better");
  await vi.advanceTimersByTimeAsync(saveMs);
  expect(store.readChat({ chatId }).edit).toEqual({ messageId: question, text: "one, but better" });

  // A draft beside it is not lost when the edit is sent.
  store.saveDraft({ chatId, draft: "a draft" });
  expect(await here.composer.getState().send("one, but better")).toBe(true);
  await settled();
  expect(store.readChat({ chatId })).toMatchObject({ edit: null, draft: "a draft" });
  expect(first).not.toBe("");
});
