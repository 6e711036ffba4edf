// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ComparisonRun } from "../../../electron/contract/comparisons.ts";
import type { Message } from "../../../electron/contract/chats.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { VoteRun } from "../../../electron/contract/votes.ts";
import { begun, chat, message, reply, whole } from "./fakeBridge.ts";
import { composer, goTo, openChat } from "./openChat.tsx";

const note = "Sent when this reply has ended.";

/** Opens a chat in which a reply is being written, and queues a message. */
async function openQueued(text: string, answers: Parameters<typeof openChat>[0] = {}) {
  let saved = "";
  const opened = openChat({
    "chats.saveDraft": ({ chatId, draft }) => {
      if (chatId === "c1") saved = draft;
      return { draft };
    },
    "chats.open": ({ chatId }) =>
      chatId === "c1"
        ? {
            chat: chat("c1", { runId: "r1", draft: saved }),
            messages: [message("u1"), reply("r1", { parentId: "u1", state: "streaming", text: "" })],
            ...whole,
          }
        : { chat: chat(chatId), messages: [], ...whole },
    "chats.send": () => begun("r2", "u2", "r1"),
    ...answers,
  });
  const field = await composer();
  await screen.findByRole("button", { name: "Stop" });
  fireEvent.input(field, { target: { value: text } });
  fireEvent.keyDown(field, { key: "Enter" });
  const end = (state: Message["state"] = "done"): Promise<void> =>
    act(async () => {
      const ended = reply("r1", { parentId: "u1", state, text: "42" });
      opened.emit("runs.ended", { chatId: "c1", runId: "r1", message: ended });
    });
  return { ...opened, field, end };
}

test("a message that is typed while a reply is written is sent when that has ended", async () => {
  const { field, end, named } = await openQueued("and then?");
  await screen.findByText(note);
  expect(named("chats.send")).toEqual([]);
  expect(field.value).toBe("and then?");
  await end();
  await waitFor(() => expect(named("chats.send")).toMatchObject([{ chatId: "c1", text: "and then?" }]));
  await waitFor(() => expect(field.value).toBe(""));
  expect(screen.queryByText(note)).toBeNull();
  // A reply that could be stored only later ends twice.
  await end();
  expect(named("chats.send")).toHaveLength(1);
});

test("a message that is changed waits until it is queued again, so that no half of it is sent", async () => {
  const { field, end, named } = await openQueued("and then?");
  fireEvent.input(field, { target: { value: "and then, in the ev" } });
  await waitFor(() => expect(screen.queryByText(note)).toBeNull());
  await end();
  expect(named("chats.send")).toEqual([]);
  expect(field.value).toBe("and then, in the ev");
});

test.each(["stopped", "failed"] as const)(
  "after a reply that was %s, the message stays and says why",
  async (state) => {
    const { field, end, named } = await openQueued("and then?");
    await end(state);
    await screen.findByText(/^Not sent, because the reply did not end by itself/);
    expect(named("chats.send")).toEqual([]);
    expect(field.value).toBe("and then?");
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(named("chats.send")).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText(/^Not sent/)).toBeNull());
  },
);

test("it is not sent after Don’t send, nor if nothing was typed", async () => {
  const { field, end, named } = await openQueued("and then?");
  fireEvent.click(await screen.findByRole("button", { name: "Don’t send" }));
  await end();
  expect(named("chats.send")).toEqual([]);
  expect(field.value).toBe("and then?");
});

test("it is sent while another chat is shown, and from the button too", async () => {
  const { field, end, named } = await openQueued("");
  expect(screen.queryByText(note)).toBeNull();
  fireEvent.input(field, { target: { value: "and then?" } });
  fireEvent.click(await screen.findByRole("button", { name: "Send after this reply" }));
  await screen.findByText(note);
  await goTo("#/chat/c2");
  await waitFor(async () => expect((await composer()).value).toBe(""));
  expect(screen.queryByText(note)).toBeNull();
  await end();
  await waitFor(() => expect(named("chats.send")).toMatchObject([{ chatId: "c1", text: "and then?" }]));
});

test("a message that is refused stays", async () => {
  const { field, end } = await openQueued("and then?", {
    "chats.send": () => {
      throw new WorkbenchError("disk-full");
    },
  });
  await end();
  await screen.findByText(/^Not sent/);
  expect(field.value).toBe("and then?");
});

test.each([
  ["complete", 1],
  ["decided", 1],
  ["stopped", 0],
] as const)("while a question is asked several times, it waits for the last answer: %s", async (state, sent) => {
  const { field, end, emit, named } = await openQueued("and then?");
  const run = {
    chatId: "c1",
    questionId: "u1",
    state: "running" as VoteRun["state"],
    done: 0,
    wanted: 3,
    secondsLeft: null,
    problem: null,
  };
  await act(async () => emit("votes.changed", run));
  await end();
  expect(named("chats.send")).toEqual([]);
  await screen.findByText(note);
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(named("votes.stop")).toEqual([{ chatId: "c1" }]));
  expect(named("chats.send")).toEqual([]);
  await act(async () => emit("votes.changed", { ...run, state }));
  await waitFor(() => expect(screen.queryByText(note)).toBeNull());
  await waitFor(() => expect(named("chats.send")).toHaveLength(sent));
  expect(field.value).toBe(sent === 1 ? "" : "and then?");
});

test.each([
  ["complete", 1],
  ["stopped", 0],
  ["failed", 0],
] as const)("while models are compared, it waits for the last answer; %s", async (state, sent) => {
  const { end, named, field, emit } = await openQueued("and then?", { "comparisons.stop": () => null });
  const run: ComparisonRun = {
    chatId: "c1",
    questionId: "u1",
    state: "running",
    answers: [],
    unanswered: [],
    problem: null,
  };
  await act(async () => emit("comparisons.changed", run));
  await end();
  expect(named("chats.send")).toEqual([]);
  await screen.findByText(note);
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(named("comparisons.stop")).toEqual([{ chatId: "c1" }]));
  expect(named("chats.send")).toEqual([]);
  await act(async () => emit("comparisons.changed", { ...run, state }));
  await waitFor(() => expect(screen.queryByText(note)).toBeNull());
  await waitFor(() => expect(named("chats.send")).toHaveLength(sent));
  expect(field.value).toBe(sent === 1 ? "" : "and then?");
});
