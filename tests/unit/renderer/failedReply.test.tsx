// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import type { CallResult } from "../../../electron/contract/calls.ts";
import { type Problem, problemOf, toError } from "../../../electron/contract/errors.ts";
import { modelChoicesSchema } from "../../../electron/contract/models.ts";
import { summarySeconds } from "../../../renderer/features/chats/summarySeconds.ts";
import { begun, chat, live, message, reply, stats, whole } from "./fakeBridge.ts";
import { openChat } from "./openChat.tsx";

test.each([
  ["stopped", { state: "stopped", stats: { ...stats, stopReason: "stopped" } }, "Stopped. 162 tokens kept."],
  ["full", { stats: { ...stats, stopReason: "context" } }, "The context of 1,536 tokens is full"],
  ["interrupted", { state: "interrupted" }, "Interrupted: the app closed while this reply was being written."],
  ["empty", { text: "", stats }, "The model wrote no answer."],
] as const)("a reply that did not finish normally says so: %s", async (_name, more, words) => {
  openChat({ "chats.open": () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1", more)], ...whole }) });
  expect((await screen.findByRole("article", { name: "R1 Nano" })).textContent).toContain(words);
});

test("a failed reply is an alert with the reason, what was kept, and the way on: its text is continued", async () => {
  const problem = problemOf("engine-out-of-memory", { case: "holding", used: 8.1e9 });
  const { named } = openChat({
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
  const { named } = openChat({
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
  const { stores } = openChat({
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
  const { named } = openChat({
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

test.each([
  ["done", 1],
  ["notNeeded", 1],
  ["cancelled", 0],
] as const)(
  "after the oldest messages were summarized (%s), the reply is written anew %i times",
  async (end, times) => {
    let resolve: (end: CallResult<"chats.summarizeOldest">) => void = () => undefined;
    const { named } = openChat({
      "chats.open": () => ({ chat: chat("c1"), messages: twoTurns, ...whole }),
      "fit.of": () => ({ verdict: "no", maxContext: 0 }) as CallResult<"fit.of">,
      "chats.summarizeOldest": () => new Promise((done) => void (resolve = done)),
      "chats.regenerate": () => new Promise(() => undefined),
    });
    fireEvent.click(await screen.findByRole("button", { name: "Summarize the oldest messages" }));
    await screen.findByText("Summarizing this chat…");
    await act(async () => resolve(end));
    await waitFor(() => expect(screen.queryByText("Summarizing this chat…")).toBeNull());
    await waitFor(() => expect(named("chats.regenerate")).toHaveLength(times));
  },
);

const nothingYet = { ...live, promptTokens: 0, thoughtTokens: 0, answerTokens: 0 };
const loaded = { state: "ready", modelId: "r1-nano", name: "R1 Nano", facts: { contextSize: 16_384 } };

test("where the question alone is too long, only a shorter one is offered; the gauge shows the refused prompt", async () => {
  const [u1, a1, u2, a2] = twoTurns;
  const older = { ...a1, stats: { ...stats, promptTokens: 900, answerTokens: 100 } } as Message;
  openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: [u1, older, u2, a2] as Message[], ...whole }),
    "models.loaded": () => loaded as CallResult<"models.loaded">,
    "fit.of": () => ({ verdict: "no", maxContext: 0 }) as CallResult<"fit.of">,
  });
  await screen.findByRole("button", { name: "Shorten your message" });
  expect(screen.queryByRole("button", { name: "Continue from a summary" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Leave out the oldest messages" })).toBeNull();
  expect(screen.getByRole("button", { name: /^Context: 20k of 16/ })).toBeTruthy();
});

test("the gauge opens what the model will see, with what is typed; a failure is told in its place", async () => {
  const prompt = {
    text: "<｜User｜>Why?<｜Assistant｜><think>\n",
    tokens: 9,
    contextSize: 16_384,
    modelName: "R1 Nano",
  };
  const { named } = openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1", { stats })], ...whole }),
    "models.loaded": () => loaded as CallResult<"models.loaded">,
    "chats.nextPrompt": ({ question }) => {
      if (question === "") throw toError(problemOf("engine-down"));
      return prompt;
    },
  });
  const show = async () => {
    fireEvent.click(await screen.findByRole("button", { name: /^Context:/ }));
    fireEvent.click(await screen.findByRole("button", { name: "What the model will see" }));
    return await screen.findByRole("dialog", { name: "What the model will see" });
  };
  await within(await show()).findByRole("alert");
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  fireEvent.input(screen.getByRole("textbox", { name: "Message" }), { target: { value: "Why?" } });
  const sheet = await show();
  await within(sheet).findByText(/<｜User｜>Why\?/);
  expect(sheet.textContent).toContain("R1 Nano: 9 of 16,384 tokens");
  expect(named("chats.nextPrompt").at(-1)).toEqual({ chatId: "c1", question: "Why?" });
});

test("a context that cannot grow much is not offered", async () => {
  openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: twoTurns, ...whole }),
    "fit.of": () => ({ verdict: "fits", maxContext: 17_000 }) as CallResult<"fit.of">,
  });
  await screen.findByRole("button", { name: "Continue from a summary" });
  expect(screen.queryByRole("button", { name: /^Use a context/ })).toBeNull();
});

test("a new chat begins with the summary as its draft, in the settings of the old one", async () => {
  const { named, emit } = openChat({
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
  const { answers, stores, named } = openChat({
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

test("while a reply waits and reads its prompt, the gauge shows what its prompt has", async () => {
  const older = reply("a1", { parentId: "u1", stats: { ...stats, promptTokens: 900, answerTokens: 100 } });
  const asked = message("u2", { parentId: "a1", text: "Why? ".repeat(160) });
  const written = reply("a2", { parentId: "u2", state: "streaming", text: "" });
  const { send } = openChat({
    "chats.open": () => ({
      chat: chat("c1", { runId: "a2" }),
      messages: [message("u1"), older, asked, written],
      ...whole,
    }),
    "models.loaded": () => loaded as CallResult<"models.loaded">,
  });
  await waitFor(() => expect(screen.getByRole("button", { name: /^Context: 1.2k of 16/ })).toBeTruthy());
  const snapshot = { kind: "snapshot", runId: "a2", message: written, live: nothingYet } as const;
  const gauge = (used: string) => screen.findByRole("button", { name: new RegExp(`^Context: ${used} of 16`) });
  act(() => send("a2", { ...snapshot, stage: { stage: "queued" } }));
  await gauge("1.2k");
  act(() =>
    send("a2", {
      kind: "stage",
      stage: { stage: "reading", readTokens: 0, promptTokens: 1400, cachedTokens: 0, tokensPerSecond: null },
    }),
  );
  await gauge("1.4k");
  act(() => send("a2", { kind: "live", live: { ...nothingYet, promptTokens: 1400, thoughtTokens: 200 } }));
  await gauge("1.6k");
});

test("the gauge has a chat counted whose last reply has no figures, and again when its prompt changes", async () => {
  const imported = [message("u1"), reply("a1", { stats: null })];
  let tokens = 700;
  const { named, emit } = openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: imported, ...whole }),
    "models.loaded": () => loaded as CallResult<"models.loaded">,
    "chats.countPrompt": () => tokens,
  });
  await screen.findByRole("button", { name: /^Context: 700 of 16/ });
  expect(named("chats.countPrompt")).toEqual([{ chatId: "c1" }]);
  tokens = 750;
  emit("chats.configured", { ...chat("c1"), systemPrompt: "Be brief." });
  await screen.findByRole("button", { name: /^Context: 750 of 16/ });
});

test("the gauge of a chat with figures asks nobody, until its prompt changes", async () => {
  const { named, emit } = openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: [message("u1"), reply("a1", { stats })], ...whole }),
    "models.loaded": () => loaded as CallResult<"models.loaded">,
    "chats.countPrompt": () => 300,
  });
  await screen.findByRole("button", { name: /^Context:/ });
  expect(named("chats.countPrompt")).toEqual([]);
  emit("chats.configured", { ...chat("c1"), promptFrom: "u1" });
  await screen.findByRole("button", { name: /^Context: 300 of 16/ });
});
