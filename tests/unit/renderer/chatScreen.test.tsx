// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import type { CallResult } from "../../../electron/contract/calls.ts";
import { type Problem, problemOf, WorkbenchError } from "../../../electron/contract/errors.ts";
import { modelChoicesSchema } from "../../../electron/contract/models.ts";
import { App } from "../../../renderer/app/App.tsx";
import { summarySeconds } from "../../../renderer/features/chats/summarySeconds.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { texts } from "../../../renderer/texts.ts";
import { installAnswerPage } from "./answerPage.ts";
import {
  begun,
  chat,
  fakeBridge,
  live,
  message,
  nano,
  page,
  reply,
  settings,
  stats,
  summary,
  whole,
} from "./fakeBridge.ts";

beforeEach(() => {
  // The test page has no requestIdleCallback.
  vi.stubGlobal("requestIdleCallback", (work: () => void) => setTimeout(work));
  vi.stubGlobal("cancelIdleCallback", clearTimeout);
  installAnswerPage();
  window.location.hash = "";
});
afterEach(() => {
  cleanup();
  texts.choose("en");
  vi.unstubAllGlobals();
});

const conversation = [
  message("u1", { text: "What is 17 + 25?" }),
  reply("a1", { parentId: "u1", text: "It is **42**.", thought: "7 + 5 = 12, carry 1.", stats }),
];

function open(answers: Parameters<typeof fakeBridge>[0] = {}, hash = "#/chat/c1") {
  window.location.hash = hash;
  const fake = fakeBridge({
    "chats.list": () => page([summary("c1", { title: "Sums" })]),
    "chats.open": () => ({ chat: chat("c1", { title: "Sums" }), messages: conversation, ...whole }),
    ...answers,
  });
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <App />
    </StoresContext>,
  );
  return { ...fake, stores };
}

const composer = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message" });

test("the names that people and checks rely on", async () => {
  open();
  const question = await screen.findByRole("article", { name: "You" });
  const answer = screen.getByRole("article", { name: "R1 Nano" });
  for (const name of ["Chat", "Models", "Hardware", "Settings"]) {
    expect(screen.getByRole("link", { name })).toBeTruthy();
  }
  for (const name of ["New chat", "Send", "Copy", "Regenerate"]) {
    expect(screen.getAllByRole("button", { name })).toHaveLength(1);
  }
  expect(screen.getAllByRole("combobox", { name: "Model" })).toHaveLength(1);
  expect(screen.getByRole("searchbox", { name: "Search chats" })).toBeTruthy();
  expect(await composer()).toBeTruthy();
  expect(question.textContent).toContain("What is 17 + 25?");
  expect(within(question).getByRole("button", { name: "Edit" })).toBeTruthy();
  expect(within(answer).getByRole("button", { name: "More" })).toBeTruthy();
  const thought = within(answer).getByRole("button", { name: /^Thought/ });
  expect(thought.textContent).toBe("Thought for 4.2 s · 128 tokens");
  expect(thought.contains(await within(answer).findByText("42"))).toBe(false);
});

test("a reply whose run is not known yet counts as being written: it has no buttons", async () => {
  open({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [message("u1"), reply("a1", { parentId: "u1", text: "", state: "streaming" })],
      ...whole,
    }),
  });
  const answer = await screen.findByRole("article", { name: "R1 Nano" });
  expect(answer.getAttribute("aria-busy")).toBe("true");
  expect(within(answer).queryByRole("button")).toBeNull();
});

test("the thought is folded, opens as plain text, and is not copied with the answer", async () => {
  const { named } = open();
  const thought = await screen.findByRole("button", { name: /^Thought/ });
  expect(thought.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByText("7 + 5 = 12, carry 1.")).toBeNull();
  fireEvent.click(thought);
  expect(thought.getAttribute("aria-expanded")).toBe("true");
  expect(screen.getByText("7 + 5 = 12, carry 1.")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Copy" }));
  await screen.findByRole("button", { name: "Copied" });
  expect(named("shell.copyText")).toEqual([{ text: "It is **42**." }]);
});

test("each reply shows which model wrote it, whatever its name", async () => {
  const by = (id: string, model: Message["model"], more = {}) =>
    reply(id, { parentId: "u1", text: id, model, ...more });
  open({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [
        message("u1"),
        by("a1", { id: "qwen", name: "R1-Distill-Qwen-7B" }),
        by("a2", { id: "llama", name: "R1-Distill-Llama-8B" }, { state: "failed", stats: null }),
        by("a3", { id: "file-17", name: " \u202e\u200b\n" }),
        by("a4", { id: "two", name: "two\nlines\u2066" }),
        by("a5", null),
      ],
      ...whole,
    }),
  });
  await screen.findByRole("article", { name: "R1-Distill-Qwen-7B" });
  const named = (name: string) => screen.getByRole("article", { name }).querySelector(".reply-model")?.textContent;
  expect(named("R1-Distill-Qwen-7B")).toBe("R1-Distill-Qwen-7B");
  expect(named("R1-Distill-Llama-8B")).toBe("R1-Distill-Llama-8B");
  expect(named("file-17")).toBe("file-17");
  expect(named("two lines")).toBe("two lines");
  expect(named("Reply")).toBe("Unknown model");
});

test("the speed line shows the engine's measurements", async () => {
  open();
  const answer = await screen.findByRole("article", { name: "R1 Nano" });
  expect(answer.textContent).toContain("23.4 tok/s");
  expect(answer.textContent).toContain("0.3 s to first token");
  expect(answer.querySelector(".sparkline")?.getAttribute("aria-hidden")).toBe("true");
  const figures = within(answer).getByRole("button", { name: /tok\/s.*1,204 in, 162 out/ });
  expect(figures.getAttribute("aria-expanded")).toBe("false");
  fireEvent.click(figures);
  const all = await screen.findByRole("dialog", { name: "Speed of this reply" });
  expect(within(all).getByRole("figure").textContent).toContain("on average");
  expect(all.textContent).toContain("0.31 s");
});

test("a chat changes to the chosen language at once, including names and figures", async () => {
  const stopped = reply("a2", { parentId: "u1", state: "stopped", stats: { ...stats, stopReason: "stopped" } });
  open({ "chats.open": () => ({ chat: chat("c1"), messages: [...conversation, stopped], ...whole }) });
  await screen.findAllByRole("article", { name: "R1 Nano" });
  act(() => texts.choose("fr"));
  expect(screen.getByRole("article", { name: "Vous" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Envoyer" })).toBeTruthy();
  expect(screen.getByRole("button", { name: /^Réflexion ·/ }).textContent).toBe("Réflexion · 4,2\u00a0s · 128 tokens");
  expect(screen.getAllByText("premier token en 0,3 s")).toHaveLength(2);
  expect(screen.getByText("Arrêtée. 162 tokens conservés.")).toBeTruthy();
  act(() => texts.choose("zh-CN"));
  expect(screen.getByRole("button", { name: "发送" })).toBeTruthy();
  expect(screen.getByRole("button", { name: /^思考(?!：)/ }).textContent).toBe("思考用时 4.2 秒 · 128 个 token");
  expect(screen.getByText("已停止。保留了 162 个 token。")).toBeTruthy();
});

const writing = {
  "chats.open": () => ({
    chat: chat("c1", { runId: "r1" }),
    messages: [message("u1"), reply("a1", { parentId: "u1", text: "", state: "streaming" })],
    ...whole,
  }),
} as const;
const first = { kind: "snapshot", runId: "r1", message: reply("a1", { text: "", state: "streaming" }) } as const;

test("a reply thinks, then answers; an opened thought stays open to the end and afterwards; it can be stopped", async () => {
  const { send, followers, named, answers } = open(writing);
  await waitFor(() => expect(followers("r1")).toBe(1));
  act(() => send("r1", { ...first, stage: { stage: "thinking" }, live }));
  act(() => send("r1", { kind: "delta", part: "thought", text: "First line.\nNewest line" }));
  const thought = await screen.findByRole("button", { name: "Thinking 12.8 s · 301 tokens" });
  expect(await screen.findByText("Newest line")).toBeTruthy();
  fireEvent.click(thought);
  expect(thought.getAttribute("aria-expanded")).toBe("true");
  act(() => send("r1", { kind: "stage", stage: { stage: "answering" } }));
  act(() => send("r1", { kind: "delta", part: "answer", text: "Fine" }));
  await screen.findByText("Fine");
  const isOpen = () => screen.getByRole("button", { name: /^Thought for/ }).getAttribute("aria-expanded");
  expect(isOpen()).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(named("runs.stop")).toEqual([{ runId: "r1" }]));
  const kept = reply("a1", { parentId: "u1", text: "Fine", thought: "First line.\nNewest line", stats });
  answers["chats.open"] = () => ({ chat: chat("c1"), messages: [message("u1"), kept], ...whole });
  act(() => send("r1", { kind: "ended", message: kept }));
  await screen.findByText("Reply finished, 23.4 tok/s");
  expect(isOpen()).toBe("true");
  // Not even going to another screen folds it.
  act(() => void (window.location.hash = "#/settings"));
  await screen.findByRole("main", { name: "Settings" });
  act(() => void (window.location.hash = "#/chat/c1"));
  await screen.findByText("Fine");
  expect(isOpen()).toBe("true");
});

test("there is no speed before the first token; Esc stops; typing continues meanwhile", async () => {
  const { send, followers, named } = open(writing);
  await waitFor(() => expect(followers("r1")).toBe(1));
  const reading = {
    stage: "reading",
    readTokens: 10,
    promptTokens: 40,
    cachedTokens: 0,
    tokensPerSecond: 61.2,
  } as const;
  act(() => send("r1", { ...first, stage: reading, live: { ...live, thoughtTokens: 0, ttftMs: null } }));
  expect(await screen.findByText("Reading the prompt, 10 of 40 tokens · 61.2 tok/s")).toBeTruthy();
  expect(screen.queryByText(/first token/)).toBeNull();
  const field = await composer();
  fireEvent.input(field, { target: { value: "next" } });
  expect(field.value).toBe("next");
  fireEvent.keyDown(window, { key: "Escape" });
  await waitFor(() => expect(named("runs.stop")).toEqual([{ runId: "r1" }]));
});

test("a waiting reply shows what it waits for: another reply, the engine, or the benchmark", async () => {
  const chats = (runId: string | null) => [summary("c1", { runId: "r1" }), summary("c2", { runId })];
  const { send, followers, emit } = open({ ...writing, "chats.list": () => page(chats("r2")) });
  await waitFor(() => expect(followers("r1")).toBe(1));
  act(() => send("r1", { ...first, stage: { stage: "queued" }, live: { ...live, thoughtTokens: 0, ttftMs: null } }));
  expect(await screen.findByText("Waiting for another reply to finish")).toBeTruthy();
  act(() => emit("models.loadedChanged", { state: "loading", modelId: "r1-nano", name: "R1 Nano", fraction: 0.62 }));
  const line = document.querySelector(".stage");
  expect(line?.textContent).toMatch(/^Loading R1 Nano, 62.%. The reply begins when it is ready\.Cancel$/);
  act(() => emit("models.loadedChanged", { state: "none" }));
  act(() => emit("chats.changed", { sequence: 1, chats: chats(null), removed: [] }));
  expect(screen.getByText("Waiting for the engine")).toBeTruthy();
  const run = { id: "b1", modelId: "m", modelName: "Seven", plan: { kind: "quick" as const }, startedAt: 1 };
  act(() => emit("benchmark.changed", { state: "preparing", run, step: "loading", fraction: 0 }));
  expect(screen.getByText("Seven").parentElement?.textContent).toBe(
    "Waiting for the benchmark of Seven to finish. You can stop it under Hardware.",
  );
});

test("Enter sends, Shift+Enter and composition do not", async () => {
  const { named } = open({ "chats.send": () => begun("r9", "u2") });
  const field = await composer();
  fireEvent.input(field, { target: { value: "And 2 + 2?" } });
  fireEvent.keyDown(field, { key: "Enter", shiftKey: true });
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  fireEvent.keyDown(field, { key: "Enter", keyCode: 229 });
  expect(named("chats.send")).toEqual([]);
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(field.value).toBe(""));
  expect(named("chats.send")).toMatchObject([{ chatId: "c1", text: "And 2 + 2?" }]);
});

test("a refused message stays in the field, with an alert that says what to do", async () => {
  open({
    "chats.send": () => {
      throw new WorkbenchError("disk-full");
    },
  });
  const field = await composer();
  fireEvent.input(field, { target: { value: "dear words" } });
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The disk is full.");
  expect(alert.textContent).toContain("What you typed is still here.");
  expect(field.value).toBe("dear words");
});

test("Edit puts the question back into the field; Cancel restores the draft", async () => {
  const { named } = open({
    "chats.open": () => ({ chat: chat("c1", { draft: "half a thought" }), messages: conversation, ...whole }),
    "chats.edit": () => begun("r2", "u1b"),
  });
  expect((await composer()).value).toBe("half a thought");
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  expect((await composer()).value).toBe("What is 17 + 25?");
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect((await composer()).value).toBe("half a thought");
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  fireEvent.input(await composer(), { target: { value: "What is 17 + 26?" } });
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(named("chats.edit")).toEqual([{ messageId: "u1", text: "What is 17 + 26?" }]));
  await waitFor(async () => expect((await composer()).value).toBe("half a thought"));
});

const goTo = async (hash: string): Promise<void> => {
  await act(async () => {
    window.location.hash = hash;
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  });
};

test("an edit in progress is kept while Settings or another chat is shown, until it is cancelled", async () => {
  open({
    "chats.open": ({ chatId }) =>
      chatId === "c1"
        ? { chat: chat("c1", { draft: "half a thought" }), messages: conversation, ...whole }
        : { chat: chat("c2", { title: "Other" }), messages: [message("u2", { chatId: "c2" })], ...whole },
  });
  await composer();
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  fireEvent.input(await composer(), { target: { value: "What is 17 + 26?" } });
  await goTo("#/settings");
  await screen.findByRole("heading", { level: 1, name: "Settings" });
  await goTo("#/chat/c1");
  expect((await composer()).value).toBe("What is 17 + 26?");
  fireEvent.input(await composer(), { target: { value: "What is 17 + 27?" } });
  await goTo("#/chat/c2");
  await waitFor(async () => expect((await composer()).value).toBe(""));
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("What is 17 + 27?"));
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect((await composer()).value).toBe("half a thought");
  await goTo("#/chat/c2");
  await waitFor(async () => expect((await composer()).value).toBe(""));
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("half a thought"));
});

test("an edit is dropped if its message is gone when the chat is opened again", async () => {
  let messages: Message[] = conversation;
  const { stores } = open({ "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages, ...whole }) });
  await composer();
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  await goTo("#/chat/c2");
  messages = [message("u9", { text: "Another branch" })];
  await goTo("#/chat/c1");
  await screen.findByText("Another branch");
  expect(stores.composer.getState().editing).toBeNull();
  expect((await composer()).value).toBe("");
});

test("a draft that another window has changed is shown when the chat is opened again", async () => {
  let draft = "";
  const { named } = open({
    "chats.open": ({ chatId }) => ({
      chat: chat(chatId, { draft: chatId === "c1" ? draft : "" }),
      messages: [],
      ...whole,
    }),
  });
  fireEvent.input(await composer(), { target: { value: "from here" } });
  await goTo("#/chat/c2");
  await waitFor(() => expect(named("chats.saveDraft")).toHaveLength(1));
  await waitFor(async () => expect((await composer()).value).toBe(""));
  draft = "from the other window";
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("from the other window"));
});

test("a draft that could not be saved is still there when the chat is opened again", async () => {
  const { named } = open({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages: [], ...whole }),
    "chats.saveDraft": () => {
      throw new WorkbenchError("disk-full");
    },
  });
  fireEvent.input(await composer(), { target: { value: "dear words" } });
  await goTo("#/chat/c2");
  await waitFor(async () => expect((await composer()).value).toBe(""));
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("dear words"));
  fireEvent.input(await composer(), { target: { value: "dearer words" } });
  fireEvent.blur(await composer());
  // Main has no pasted texts of it yet, so they are not left out.
  await waitFor(() =>
    expect(named("chats.saveDraft")[1]).toMatchObject({ chatId: "c1", draft: "dearer words", pasted: [] }),
  );
});

test("a long text that is pasted becomes a chip, is part of the message, and can be put into the field", async () => {
  const { named } = open({ "chats.send": () => begun("r1", "u2") });
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
  const paste = (text: string): boolean =>
    fireEvent.paste(field, { clipboardData: { getData: () => text, files: [], types: ["text/plain"] } });
  // A short text is left to the field.
  expect(paste("short")).toBe(true);
  const send = screen.getByRole<HTMLButtonElement>("button", { name: "Send" });
  expect(send.disabled).toBe(true);
  const long = "word\r\n".repeat(1000);
  expect(paste(long)).toBe(false);
  const chip = () => screen.queryByRole("list", { name: "Pasted texts" });
  expect(chip()?.textContent).toBe("Pasted text 5 kB · about 1,300 tokens");
  expect(send.disabled).toBe(false);
  expect(field.value).toBe("");
  fireEvent.click(screen.getByRole("button", { name: "Remove: Pasted text" }));
  expect(chip()).toBeNull();
  // Main would refuse it, so it is not even kept as a draft.
  paste("x".repeat(4_000_001));
  expect(chip()).toBeNull();
  expect(screen.getByText(/^This text is too long/)).toBeTruthy();
  // With what is typed, it is too long only when it is sent.
  paste("x".repeat(3_999_999));
  field.value = "Summarise this";
  fireEvent.keyDown(field, { key: "Enter" });
  expect(await screen.findByText(/^This text is too long/)).toBeTruthy();
  expect(named("chats.send")).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Remove: Pasted text" }));
  paste(long);
  field.value = "Summarise this";
  fireEvent.input(field);
  fireEvent.keyDown(field, { key: "Enter" });
  const text = `Summarise this\n\n${long.replaceAll("\r\n", "\n")}`;
  await waitFor(() => expect(named("chats.send")).toMatchObject([{ chatId: "c1", text }]));
  await waitFor(() => expect(chip()).toBeNull());
  paste(long);
  fireEvent.click(screen.getByRole("button", { name: "Put into the message: Pasted text" }));
  expect(field.value).toBe(long.replaceAll("\r\n", "\n"));
  expect(chip()).toBeNull();
});

test("a GGUF file dropped on a chat is used in it; of another file it says what can be done instead", async () => {
  const { importing, named } = open({ "chats.configure": () => chat("c1") });
  await composer();
  const drop = (...names: string[]): void => {
    const dataTransfer = { types: ["Files"], files: names.map((name) => new File([], name)) };
    act(() => void window.dispatchEvent(Object.assign(new Event("drop", { cancelable: true }), { dataTransfer })));
  };
  drop("notes.txt");
  expect(await screen.findByText(/is not a GGUF file/)).toBeTruthy();
  expect(importing.asked).toEqual([]);
  drop("model.GGUF");
  await waitFor(() => expect(importing.asked).toEqual(["model.GGUF"]));
  await waitFor(() => expect(named("chats.configure")).toEqual([{ chatId: "c1", modelId: "r1-nano" }]));
  expect(named("models.use")).toHaveLength(1);
  expect(screen.queryByText(/is not a GGUF file/)).toBeNull();
});

test("what was just typed is saved as the draft when the screen is unmounted", async () => {
  const { named } = open();
  fireEvent.input(await composer(), { target: { value: "half a thought" } });
  expect(named("chats.saveDraft")).toEqual([]);
  // As when the window can no longer be rendered: the field does not lose the focus before it is removed.
  cleanup();
  await waitFor(() =>
    expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "half a thought", before: { draft: "" } }]),
  );
});

test("the versions of a reply are one click apart", async () => {
  const { named } = open({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [message("u1"), reply("a2", { parentId: "u1", version: { index: 2, count: 2, ids: ["a1", "a2"] } })],
      ...whole,
    }),
    "chats.selectVersion": () => ({ messages: conversation, next: null }),
  });
  expect(await screen.findByText("2/2")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Next version" }).disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "Previous version" }));
  await waitFor(() => expect(named("chats.selectVersion")).toEqual([{ messageId: "a1" }]));
  await screen.findByText("42");
});

test.each([
  ["stopped", { state: "stopped", stats: { ...stats, stopReason: "stopped" } }, "Stopped. 162 tokens kept."],
  ["full", { stats: { ...stats, stopReason: "context" } }, "The context of 1,536 tokens is full"],
  ["interrupted", { state: "interrupted" }, "Interrupted: the app closed while this reply was being written."],
  ["empty", { text: "", stats }, "The model wrote no answer."],
] as const)("a reply that did not finish normally says so: %s", async (_name, more, words) => {
  open({ "chats.open": () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1", more)], ...whole }) });
  expect((await screen.findByRole("article", { name: "R1 Nano" })).textContent).toContain(words);
});

test("a failed reply is an alert with the reason, what was kept, and the way on: its text is continued", async () => {
  const problem = problemOf("engine-out-of-memory", { case: "holding", used: 8.1e9 });
  const { named } = open({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [message("u1"), reply("a1", { state: "failed", problem })],
      ...whole,
    }),
    "chats.continue": () => begun("r2", "u1"),
  });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("8.10 GB");
  expect(alert.textContent).toContain("the text so far are kept");
  expect(alert.textContent).toContain("Choose a smaller model");
  fireEvent.click(within(alert).getByRole("button", { name: "Continue" }));
  await waitFor(() => expect(named("chats.continue")).toEqual([{ messageId: "a1" }]));
});

const full = problemOf("context-exceeded", { case: "prompt", promptTokens: 20_000, contextSize: 16_384 });
const twoTurns = [
  message("u1"),
  reply("a1", { parentId: "u1" }),
  message("u2", { parentId: "a1" }),
  reply("a2", { parentId: "u2", text: "", state: "failed", stats: null, problem: full }),
];
const choices = modelChoicesSchema.parse({ temperature: 0.5 });

test("a full context offers what works: a larger one, without the oldest messages, a summary, a shorter message", async () => {
  const { named } = open({
    "chats.open": () => ({ chat: chat("c1"), messages: twoTurns, ...whole }),
    "fit.of": () => ({ verdict: "fits", maxContext: 40_000 }) as CallResult<"fit.of">,
    "models.choices": () => choices,
    "models.setChoices": ({ choices: set }) => modelChoicesSchema.parse(set),
    "chats.regenerate": () => begun("r9", "u2"),
  });
  const answer = () => screen.getAllByRole("article", { name: "R1 Nano" }).at(-1) ?? document.body;
  await screen.findByText("The chat has 20,000 tokens, but the context holds only 16,384. Your message is kept.");
  const larger = await within(answer()).findByRole("button", { name: "Use a context of 32,768 tokens" });
  expect(within(answer()).queryByRole("button", { name: "Try again" })).toBeNull();
  expect(within(answer()).getByRole("button", { name: "Continue from a summary" })).toBeTruthy();
  expect(within(answer()).getByRole("button", { name: "Shorten your message" })).toBeTruthy();
  fireEvent.click(larger);
  await waitFor(() => expect(named("chats.regenerate")).toEqual([{ messageId: "a2", modelId: null }]));
  expect(named("models.setChoices")).toEqual([{ modelId: "r1-nano", choices: { ...choices, contextSize: 32_768 } }]);
});

test("a summary says about how long it takes, from the speeds of this model's replies here", async () => {
  // A context of 1,536 tokens: 1,204 + 34 tokens in two parts, each with a summary of 192 tokens.
  const { stores } = open({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [message("u1"), reply("a1", { text: "One.", stats: { ...stats, stopReason: "context" } })],
      ...whole,
    }),
  });
  const button = await screen.findByRole("button", { name: "Continue from a summary" });
  expect(button.textContent).toBe("Continue from a summaryabout 21 s");
  expect(button.getAttribute("title")).toBe("about 21 s");
  // In one part: 1,238 tokens are read at 310 tok/s, and 1,024 written at 23.4.
  expect(summarySeconds([message("u1"), reply("a1", { stats })], "r1-nano", 16_384)).toBeCloseTo(47.75, 1);
  // Two parts, the second with the summary of the first.
  expect(summarySeconds([reply("a1", { stats })], "r1-nano", 2048)).toBeCloseTo((1238 + 256) / 310 + 512 / 23.4, 5);
  // Not known: nothing was written by this model, or the context is unknown.
  expect(summarySeconds([reply("a1", { stats })], "other", 2048)).toBeNull();
  expect(summarySeconds([reply("a1", { stats })], "r1-nano", null)).toBeNull();
  expect(stores.conversation.getState().openId).toBe("c1");
});

test("the oldest messages are left out, which the chat shows, and the reply is written anew", async () => {
  const { named } = open({
    "chats.open": () => ({ chat: chat("c1"), messages: twoTurns, ...whole }),
    "fit.of": () => ({ verdict: "no", maxContext: 0 }) as CallResult<"fit.of">,
    "chats.dropOldest": () => chat("c1", { promptFrom: "u2" }),
    "chats.regenerate": () => new Promise(() => undefined),
    "chats.configure": () => chat("c1"),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Leave out the oldest messages" }));
  await screen.findByText("The messages above are no longer sent to the model.");
  const below = document.querySelector(".left-out-line")?.nextElementSibling;
  expect(below?.getAttribute("data-message")).toBe("u2");
  await waitFor(() => expect(named("chats.regenerate")).toEqual([{ messageId: "a2", modelId: null }]));
});

const loaded = { state: "ready", modelId: "r1-nano", name: "R1 Nano", facts: { contextSize: 16_384 } };

test("where the question alone is too long, only a shorter one is offered; the gauge shows the refused prompt", async () => {
  const [u1, a1, u2, a2] = twoTurns;
  const older = { ...a1, stats: { ...stats, promptTokens: 900, answerTokens: 100 } } as Message;
  open({
    "chats.open": () => ({ chat: chat("c1"), messages: [u1, older, u2, a2] as Message[], ...whole }),
    "models.loaded": () => loaded as CallResult<"models.loaded">,
    "fit.of": () => ({ verdict: "no", maxContext: 0 }) as CallResult<"fit.of">,
  });
  await screen.findByRole("button", { name: "Shorten your message" });
  expect(screen.queryByRole("button", { name: "Continue from a summary" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Leave out the oldest messages" })).toBeNull();
  expect(screen.getByRole("button", { name: /^Context: 20k of 16/ })).toBeTruthy();
});

test("a context that cannot grow much is not offered", async () => {
  open({
    "chats.open": () => ({ chat: chat("c1"), messages: twoTurns, ...whole }),
    "fit.of": () => ({ verdict: "fits", maxContext: 17_000 }) as CallResult<"fit.of">,
  });
  await screen.findByRole("button", { name: "Continue from a summary" });
  expect(screen.queryByRole("button", { name: /^Use a context/ })).toBeNull();
});

test("a new chat begins with the summary as its draft, in the settings of the old one", async () => {
  const { named, emit } = open({
    "chats.open": ({ chatId }) => ({
      chat: chat(chatId, chatId === "c1" ? { title: "Sums", systemPrompt: "Be brief." } : {}),
      messages: chatId === "c1" ? twoTurns : [],
      ...whole,
    }),
    "fit.of": () => ({ verdict: "no", maxContext: 0 }) as CallResult<"fit.of">,
    "chats.summarize": () => new Promise((resolve) => void (finish = resolve)),
    "chats.create": () => chat("c2"),
  });
  let finish: (summary: string | null) => void = () => undefined;
  fireEvent.click(await screen.findByRole("button", { name: "Continue from a summary" }));
  await screen.findByText("Summarizing this chat…");
  act(() => emit("chats.summarizing", { chatId: "c1", part: 2, parts: 3 }));
  await screen.findByText("Summarizing part 2 of 3…");
  act(() => finish("We added numbers."));
  await waitFor(() => expect(window.location.hash).toBe("#/chat/c2"));
  expect(named("chats.saveDraft")).toContainEqual(
    expect.objectContaining({
      chatId: "c2",
      draft: "Summary of our earlier conversation:\n\nWe added numbers.\n\n",
    }),
  );
  expect(named("chats.rename")).toEqual([{ chatId: "c2", title: "Sums (continued)" }]);
  expect(named("chats.configure")).toEqual([expect.objectContaining({ chatId: "c2", systemPrompt: "Be brief." })]);
});

test("a reply whose model is missing offers another one, and where to get it; one without an engine, to restart it", async () => {
  const failed = (problem: Problem) => ({
    chat: chat("c1"),
    messages: [message("u1"), reply("a1", { parentId: "u1", text: "", state: "failed", stats: null, problem })],
    ...whole,
  });
  const { answers, stores, named } = open({
    "chats.open": () => failed(problemOf("model-file-missing", { case: "badPath" })),
  });
  expect(await screen.findByRole("button", { name: "Choose another model" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Get a model" }).getAttribute("href")).toBe("#/models");
  answers["chats.open"] = () => failed(problemOf("engine-gave-up", { case: "start" }));
  answers["engine.start"] = () => ({ state: "starting" });
  answers["chats.regenerate"] = () => begun("r9", "u1");
  await act(() => stores.conversation.getState().reload());
  fireEvent.click(await screen.findByRole("button", { name: "Restart the engine" }));
  await waitFor(() => expect(named("chats.regenerate")).toEqual([{ messageId: "a1", modelId: null }]));
  expect(named("engine.start")).toHaveLength(1);
});

test("an empty chat says what the demo model can do, and its questions are one click away", async () => {
  const { named } = open({ "chats.create": () => chat("c9"), "chats.send": () => begun("r1", "u1") }, "#/chat");
  expect(await screen.findByText(/The built-in R1 Nano only does small sums/)).toBeTruthy();
  expect(
    screen.getByText(/Chats stay on this machine. A download contacts hub.example and nothing else./),
  ).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "How many r in strawberry?" }));
  await waitFor(() => expect(named("chats.send")).toMatchObject([{ chatId: "c9", text: "How many r in strawberry?" }]));
  await waitFor(() => expect(window.location.hash).toBe("#/chat/c9"));
});

test("a pasted megabyte is folded in the conversation", async () => {
  const book = "word ".repeat(200_000);
  open({ "chats.open": () => ({ chat: chat("c1"), messages: [message("u1", { text: book })], ...whole }) });
  const article = await screen.findByRole("article", { name: "You" });
  expect(article.textContent?.length).toBeLessThan(4000);
  fireEvent.click(within(article).getByRole("button", { name: "Show all 1,000,000 characters" }));
  expect(article.textContent).toBe(book);
});

test("the picker shows a load in per cent, and cancels it; a broken file says why it cannot be chosen", async () => {
  const broken = { ...nano, id: "b", name: "broken", builtIn: false };
  const { named } = open({
    "models.list": () => [nano, { ...broken, problems: [problemOf("model-truncated", { case: "header" })] }],
    "models.loaded": () => ({ state: "loading", modelId: "r1-nano", name: "R1 Nano", fraction: 0.43 }),
  });
  const bar = await screen.findByRole<HTMLProgressElement>("progressbar", { name: "Loading R1 Nano" });
  expect(bar.value).toBe(43);
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(named("models.cancelLoad")).toHaveLength(1));
  fireEvent.click(screen.getByRole("combobox", { name: "Model" }));
  const item = await screen.findByRole("menuitem", { name: /ends inside its header/ });
  expect(item.getAttribute("aria-disabled")).toBe("true");
  expect(await screen.findByRole("menuitem", { name: /^Open a GGUF file…/ })).toBeTruthy();
});

test("in the picker, the model of this chat is ticked, and the one for new chats has a badge", async () => {
  open({
    "chats.open": () => ({ chat: chat("c1", { modelId: "o" }), messages: conversation, ...whole }),
    "models.list": () => [nano, { ...nano, id: "o", name: "Other", builtIn: false }],
    "settings.get": () => ({ ...settings, defaultModelId: "r1-nano" }),
  });
  fireEvent.click(await screen.findByRole("combobox", { name: "Model" }));
  const other = within(await screen.findByRole("menuitem", { name: /Other/ }));
  const byDefault = within(screen.getByRole("menuitem", { name: /R1 Nano.*Default/ }));
  expect(other.getByLabelText("used in this chat")).toBeTruthy();
  expect(other.queryByText("Default")).toBeNull();
  expect(byDefault.queryByLabelText("used in this chat")).toBeNull();
  expect(byDefault.getByText("Default")).toBeTruthy();
});

test("in the picker, models of the same name are distinguished by their files", async () => {
  const twin = { ...nano, id: "t", source: { kind: "file" as const, path: "/models/copied.gguf" }, builtIn: false };
  open({
    "models.list": () => [
      nano,
      twin,
      { ...twin, id: "o", name: "Other", source: { kind: "file", path: "/models/other.gguf" } },
    ],
  });
  fireEvent.click(await screen.findByRole("combobox", { name: "Model" }));
  expect(await screen.findByRole("menuitem", { name: /R1 Nano.*copied\.gguf/ })).toBeTruthy();
  expect(screen.getByRole("menuitem", { name: /Other/ }).textContent).not.toContain("other.gguf");
});

test("an engine that gave up asks the user to start it, on every screen", async () => {
  const problem = problemOf("engine-start-failed", { case: "signal", signal: "SIGILL" });
  const { named } = open({ "engine.state": () => ({ state: "gaveUp", problem }) }, "#/settings");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("SIGILL");
  fireEvent.click(within(alert).getByRole("button", { name: "Start engine" }));
  await waitFor(() => expect(named("engine.start")).toHaveLength(1));
});

test("notices from main stay on every screen until dismissed", async () => {
  const problem = { code: "store-corrupt" } as const;
  const { named } = open({ "notices.list": () => [{ id: "n1", problem }] }, "#/models");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("quarantine");
  fireEvent.click(within(alert).getByRole("button", { name: "Dismiss" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(named("notices.dismiss")).toEqual([{ noticeId: "n1" }]);
});

test("a message of only spaces creates no chat", async () => {
  const { named } = open({}, "#/chat");
  const field = await composer();
  fireEvent.input(field, { target: { value: "   " } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect((await screen.findByRole("alert")).textContent).toContain("The message is empty.");
  expect(named("chats.create")).toEqual([]);
});

test("a chat that is opened at a kept place and fits on the screen offers no way to its end", async () => {
  const place = { messageId: "a1", from: "message" as const, offsetPixels: 0, widthPixels: 1 };
  open({ "chats.open": () => ({ chat: chat("c1", { place }), messages: conversation, ...whole }) });
  await screen.findByRole("article", { name: "R1 Nano" });
  expect(screen.queryByRole("button", { name: "Go to end" })).toBeNull();
});

test("undo opens the deleted chat again, with its address, unless another one has been opened", async () => {
  const { stores } = open();
  await screen.findByRole("article", { name: "R1 Nano" });
  const { remove } = stores.chatList.getState();
  const undo = async () => {
    const button = screen.getByRole("button", { name: "Undo" });
    button.focus();
    await act(async () => fireEvent.click(button));
  };
  await act(() => remove(["c1"]));
  expect(window.location.hash).toBe("#/chat");
  await undo();
  expect(stores.conversation.getState().openId).toBe("c1");
  expect(window.location.hash).toBe("#/chat/c1");
  expect(document.activeElement).toBe(await composer());
  await act(() => remove(["c1"]));
  act(() => stores.conversation.getState().open("c2"));
  await undo();
  expect(stores.conversation.getState().openId).toBe("c2");
});

test("Ctrl+N starts a chat; a slash outside a field moves to the search", async () => {
  const { stores } = open();
  await screen.findByRole("article", { name: "You" });
  fireEvent.keyDown(document.body, { key: "/" });
  expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: "Search chats" }));
  fireEvent.keyDown(window, { key: "n", ctrlKey: true });
  await waitFor(() => expect(stores.conversation.getState().openId).toBeNull());
});

test("a message changed on the disk says so in its place, and has no action to repair it", async () => {
  const damaged = {
    code: "message-damaged",
    message: "This message was changed on the disk, not by this app.",
  } as const;
  open({
    "chats.open": () => ({
      chat: chat("c1", { problem: { code: "chat-damaged", message: "What is kept about this chat was changed." } }),
      messages: [
        message("u1", { text: "What is 17 + 25?", problem: damaged }),
        reply("a1", { parentId: "u1", text: "It is 42.", problem: damaged }),
      ],
      ...whole,
    }),
  });
  const question = await screen.findByRole("article", { name: "You" });
  const answer = screen.getByRole("article", { name: "R1 Nano" });
  for (const [article, words] of [
    [question, "What is 17 + 25?"],
    [answer, "It is 42."],
  ] as const) {
    expect(article.textContent).toContain(words);
    expect(within(article).getByRole("alert").textContent).toContain("changed on the disk");
    expect(within(article).queryByRole("button", { name: "Try again" })).toBeNull();
  }
  expect(screen.getAllByRole("alert").map(({ textContent }) => textContent)).toContainEqual(
    expect.stringContaining("What is kept about this chat was changed."),
  );
});

test("an error in the page itself shows an id; its stack goes only to the log", async () => {
  const { stores, calls } = open({
    "chats.open": () => {
      throw new TypeError("Cannot read properties of undefined");
    },
  });
  // Unlike main's IPC, the fake bridge responds with the stack.
  const alert = await screen.findByRole("alert");
  const { conversation: failed } = stores.conversation.getState();
  if (failed?.state !== "failed") throw new Error("It opened.");
  expect(failed.problem.faultId).toBeDefined();
  expect(alert.textContent).toContain(failed.problem.faultId);
  expect(alert.textContent).not.toMatch(/TypeError|\.tsx?:/);
  const logged = calls.find(({ name }) => name === "shell.logFault")?.input;
  expect(logged).toMatchObject({ faultId: failed.problem.faultId, text: expect.stringContaining("TypeError") });
});

const press = (button: HTMLElement): void => {
  button.focus();
  fireEvent.click(button);
};

test("the focus is not lost with the pressed button: sending", async () => {
  const { named } = open({ "chats.send": () => begun("r9", "u2") });
  const field = await composer();
  fireEvent.input(field, { target: { value: "And 2 + 2?" } });
  press(screen.getByRole("button", { name: "Send" }));
  expect(document.activeElement).toBe(field);
  await waitFor(() => expect(named("chats.send")).toHaveLength(1));
});

test("the focus is not lost with the pressed button: regenerating, deleting, undoing", async () => {
  const { named, stores } = open({ "chats.regenerate": () => begun("r8", "u1") });
  const field = await composer();
  press(await screen.findByRole("button", { name: "Regenerate" }));
  expect(document.activeElement).toBe(field);
  await waitFor(() => expect(named("chats.regenerate")).toHaveLength(1));

  await act(() => stores.chatList.getState().remove(["c2"]));
  press(screen.getByRole("button", { name: "Undo" }));
  expect(document.activeElement).toBe(field);
  await waitFor(() => expect(named("chats.restore")).toEqual([{ chatIds: ["c2"] }]));
});
