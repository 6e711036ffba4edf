// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { chat, live, message, page, reply, stats, summary, whole } from "./fakeBridge.ts";
import { composer, openChat } from "./openChat.tsx";

const writing = {
  "chats.open": () => ({
    chat: chat("c1", { runId: "r1" }),
    messages: [message("u1"), reply("a1", { parentId: "u1", text: "", state: "streaming" })],
    ...whole,
  }),
} as const;
const first = { kind: "snapshot", runId: "r1", message: reply("a1", { text: "", state: "streaming" }) } as const;

test("a reply thinks, then answers; an opened thought stays open to the end and afterwards; it can be stopped", async () => {
  const { send, followers, named, answers } = openChat(writing);
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
  const { send, followers, named } = openChat(writing);
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
  const { send, followers, emit } = openChat({ ...writing, "chats.list": () => page(chats("r2")) });
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

test("a screen reader hears the stages and the end of a reply, and none of its tokens", async () => {
  const { send, followers } = openChat(writing);
  await waitFor(() => expect(followers("r1")).toBe(1));
  const heard: string[] = [];
  const spoken = () => document.querySelector(".conversation output")?.textContent ?? "";
  const watch = new MutationObserver(() => {
    if (heard.at(-1) !== spoken()) heard.push(spoken());
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  act(() => send("r1", { ...first, stage: { stage: "thinking" }, live }));
  await waitFor(() => expect(spoken()).toBe("Thinking"));
  for (const text of ["One ", "step ", "more."]) act(() => send("r1", { kind: "delta", part: "thought", text }));
  act(() => send("r1", { kind: "stage", stage: { stage: "answering" } }));
  for (const text of ["It ", "is ", "42."]) act(() => send("r1", { kind: "delta", part: "answer", text }));
  await screen.findByText("It is 42.");
  act(() => send("r1", { kind: "ended", message: reply("a1", { parentId: "u1", text: "It is 42.", stats }) }));
  await screen.findByText("Reply finished, 23.4 tok/s");
  await waitFor(() => expect(heard.at(-1)).toBe("Reply finished, 23.4 tok/s"));
  watch.disconnect();
  expect(heard.filter((words) => words !== "")).toEqual([
    "Thinking",
    "Thought finished after 12.8 s, answering",
    "Reply finished, 23.4 tok/s",
  ]);
});
