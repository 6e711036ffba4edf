// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { problemOf } from "../../../electron/contract/errors.ts";
import { texts } from "../../../renderer/texts.ts";
import { begun, chat, message, reply, stats, whole } from "./fakeBridge.ts";
import { composer, conversation, openChat } from "./openChat.tsx";

test("the names that people and checks rely on", async () => {
  openChat();
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
  openChat({
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
  const { named } = openChat();
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
  openChat({
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
  openChat();
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
  openChat({ "chats.open": () => ({ chat: chat("c1"), messages: [...conversation, stopped], ...whole }) });
  await screen.findAllByRole("article", { name: "R1 Nano" });
  await act(() => texts.choose("fr"));
  expect(screen.getByRole("article", { name: "Vous" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Envoyer" })).toBeTruthy();
  expect(screen.getByRole("button", { name: /^Réflexion ·/ }).textContent).toBe("Réflexion · 4,2\u00a0s · 128 tokens");
  expect(screen.getAllByText("premier token en 0,3 s")).toHaveLength(2);
  expect(screen.getByText("Arrêtée. 162 tokens conservés.")).toBeTruthy();
  await act(() => texts.choose("zh-CN"));
  expect(screen.getByRole("button", { name: "发送" })).toBeTruthy();
  expect(screen.getByRole("button", { name: /^思考(?!：)/ }).textContent).toBe("思考用时 4.2 秒 · 128 个 token");
  expect(screen.getByText("已停止。保留了 162 个 token。")).toBeTruthy();
});

test("the versions of a reply are one click apart", async () => {
  const { named } = openChat({
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

test("an empty chat says what the demo model can do, and its questions are one click away", async () => {
  const { named } = openChat({ "chats.create": () => chat("c9"), "chats.send": () => begun("r1", "u1") }, "#/chat");
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
  openChat({ "chats.open": () => ({ chat: chat("c1"), messages: [message("u1", { text: book })], ...whole }) });
  const article = await screen.findByRole("article", { name: "You" });
  expect(article.textContent?.length).toBeLessThan(4000);
  fireEvent.click(within(article).getByRole("button", { name: "Show all 1,000,000 characters" }));
  expect(article.textContent).toBe(book);
});

test("an engine that gave up asks the user to start it, on every screen", async () => {
  const problem = problemOf("engine-start-failed", { case: "signal", signal: "SIGILL" });
  const { named } = openChat({ "engine.state": () => ({ state: "gaveUp", problem }) }, "#/settings");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("SIGILL");
  fireEvent.click(within(alert).getByRole("button", { name: "Start engine" }));
  await waitFor(() => expect(named("engine.start")).toHaveLength(1));
});

test("a notice about a chat opens it, named for what is shown there", async () => {
  const facts = { case: "emptyDroppedIn", title: "Sums" } as const;
  const { named } = openChat(
    {
      "notices.list": () => [
        { id: "n1", problem: problemOf("summary-failed", facts), chatId: "c1" },
        { id: "n2", problem: problemOf("chat-plain"), chatId: "c2" },
      ],
    },
    "#/models",
  );
  await screen.findByText(/of the chat “Sums”/);
  expect(screen.getAllByRole("button", { name: "Read as plain text" })).toHaveLength(1);
  fireEvent.click(screen.getByRole("button", { name: "Open the chat" }));
  expect(window.location.hash).toBe("#/chat/c1");
  await waitFor(() => expect(named("notices.dismiss")).toEqual([{ noticeId: "n1" }]));
});

test("notices from main stay on every screen until dismissed", async () => {
  const problem = { code: "store-corrupt" } as const;
  const { named } = openChat({ "notices.list": () => [{ id: "n1", problem }] }, "#/models");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("quarantine");
  fireEvent.click(within(alert).getByRole("button", { name: "Dismiss" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(named("notices.dismiss")).toEqual([{ noticeId: "n1" }]);
});

test("a chat that is opened at a kept place and fits on the screen offers no way to its end", async () => {
  const place = { messageId: "a1", from: "message" as const, offsetPixels: 0, widthPixels: 1 };
  openChat({ "chats.open": () => ({ chat: chat("c1", { place }), messages: conversation, ...whole }) });
  await screen.findByRole("article", { name: "R1 Nano" });
  expect(screen.queryByRole("button", { name: "Go to end" })).toBeNull();
});

test("undo opens the deleted chat again, with its address, unless another one has been opened", async () => {
  const { stores } = openChat();
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
  const { stores } = openChat();
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
  openChat({
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
  const { stores, calls } = openChat({
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
