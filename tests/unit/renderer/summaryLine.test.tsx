// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { EarlierSummary } from "../../../electron/contract/earlierSummary.ts";
import { chat, live, message, reply, whole } from "./fakeBridge.ts";
import { openChat } from "./openChat.tsx";

const stands = "The model reads a summary in place of the messages above.";
const earlier = "An earlier summary of the messages above";
const left = "The messages above are no longer sent to the model.";
const summary = (text: string): EarlierSummary => ({ text, model: { id: "nano", name: "R1 Nano" }, createdAt: 5 });
const turn = (at: number, more: { summary?: EarlierSummary } = {}) => [
  message(`u${at}`, at === 1 ? {} : { parentId: `a${at - 1}` }),
  reply(`a${at}`, { parentId: `u${at}`, ...more }),
];
const messages = [...turn(1, { summary: summary("one") }), ...turn(2, { summary: summary("one and two") }), ...turn(3)];
const opened = (promptFrom: string | null = null) =>
  openChat({
    "chats.open": () => ({ chat: chat("c1", { promptFrom }), messages, ...whole }),
    "chats.editSummary": () => null,
  });
/** What follows the line with these words. */
const show = (line: HTMLElement) => fireEvent.click(within(line).getByRole("button", { name: "Show the summary" }));
const below = (words: string) =>
  screen.getByRole("region", { name: words }).nextElementSibling?.getAttribute("data-message");

test("the line is below the last message that the summary is about; an earlier one is named as such", async () => {
  opened();
  await screen.findByRole("region", { name: stands });
  expect([below(earlier), below(stands)]).toEqual(["u2", "u3"]);
  expect(screen.queryByText(left)).toBeNull();
});

test("where messages are left out below a summary, the model does not read it", async () => {
  opened("u3");
  await screen.findByText(left);
  expect(screen.queryByRole("region", { name: stands })).toBeNull();
  expect(screen.getAllByRole("region", { name: earlier })).toHaveLength(2);
});

test("a summary that a server wrote says where it was written", async () => {
  const server = { name: "Workstation", host: "gpu.example.org", isThisMachine: false };
  const far = { ...summary("one"), model: { id: "far", name: "deepseek-r1", server } };
  openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: [...turn(1, { summary: far }), ...turn(2)], ...whole }),
  });
  const line = await screen.findByRole("region", { name: stands });
  expect(within(line).queryByText("gpu.example.org")).toBeNull();
  show(line);
  within(line).getByText("gpu.example.org");
  within(line).getByTitle("Written outside this machine, on Workstation (gpu.example.org)");
});

test("it is read, changed and removed", async () => {
  const { emit, named } = opened();
  const line = await screen.findByRole("region", { name: stands });
  fireEvent.click(within(line).getByRole("button", { name: "Show the summary" }));
  expect(line.textContent).toContain("Summary by R1 Nano");
  expect(line.textContent).toContain("one and two");
  fireEvent.click(within(line).getByRole("button", { name: "Edit" }));
  const field = within(line).getByRole("textbox", { name: "Summary" });
  fireEvent.change(field, { target: { value: " " } });
  expect(within(line).getByRole<HTMLButtonElement>("button", { name: "Save" }).disabled).toBe(true);
  fireEvent.change(field, { target: { value: "both" } });
  fireEvent.click(within(line).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(named("chats.editSummary")).toEqual([{ messageId: "a2", text: "both" }]));
  act(() => emit("chats.summarized", { chatId: "c1", messageId: "a2", summary: { ...summary("both"), edited: true } }));
  await waitFor(() => expect(line.textContent).toContain("Summary by R1 Nano, edited"));
  fireEvent.click(within(line).getByRole("button", { name: "Send the messages again" }));
  await waitFor(() => expect(named("chats.editSummary").at(-1)).toEqual({ messageId: "a2", text: null }));
  act(() => emit("chats.summarized", { chatId: "c1", messageId: "a2", summary: null }));
  await waitFor(() => expect(screen.getAllByRole("region", { name: stands })).toHaveLength(1));
  expect(below(stands)).toBe("u2");
});

test("what was typed is still there after the summary was hidden, and after Escape", async () => {
  const { named } = opened();
  const line = await screen.findByRole("region", { name: stands });
  show(line);
  fireEvent.click(within(line).getByRole("button", { name: "Edit" }));
  const field = () => within(line).getByRole<HTMLTextAreaElement>("textbox", { name: "Summary" });
  fireEvent.change(field(), { target: { value: "typed" } });
  fireEvent.keyDown(field(), { key: "Escape" });
  fireEvent.click(within(line).getByRole("button", { name: "Hide the summary" }));
  expect(within(line).queryByRole("textbox")).toBeNull();
  show(line);
  expect(field().value).toBe("typed");
  fireEvent.change(field(), { target: { value: "one and two" } });
  fireEvent.keyDown(field(), { key: "Escape" });
  expect(within(line).queryByRole("textbox")).toBeNull();
  expect(named("chats.editSummary")).toEqual([]);
});

test("an earlier summary is removed without a word about sending; before the end is read, none is said to be read", async () => {
  opened();
  await screen.findByRole("region", { name: stands });
  const line = screen.getByRole("region", { name: earlier });
  show(line);
  expect(within(line).queryByRole("button", { name: "Send the messages again" })).toBeNull();
  expect(within(line).getByRole("button", { name: "Remove this summary" })).toBeTruthy();
  cleanup();
  openChat({
    "chats.open": () => ({ chat: chat("c1"), messages, ...whole, later: "a3" }),
    "chats.messages": () => new Promise(() => undefined),
  });
  const unknown = await screen.findByRole("region", { name: "A summary of the messages above" });
  expect(screen.queryByRole("region", { name: stands })).toBeNull();
  expect(screen.getAllByRole("region", { name: earlier })).toHaveLength(1);
  show(unknown);
  expect(within(unknown).getByRole("button", { name: "Remove this summary" })).toBeTruthy();
});

test("while the oldest messages are summarized, the reply says so, part by part", async () => {
  const written = reply("a4", { parentId: "u4", text: "", state: "streaming" });
  const { send, followers } = openChat({
    "chats.open": () => ({
      chat: chat("c1", { runId: "r4" }),
      messages: [...messages, message("u4", { parentId: "a3" }), written],
      ...whole,
    }),
  });
  await waitFor(() => expect(followers("r4")).toBe(1));
  act(() => send("r4", { kind: "snapshot", runId: "r4", message: written, stage: { stage: "queued" }, live }));
  act(() => send("r4", { kind: "stage", stage: { stage: "summarizing", part: 2, parts: 3 } }));
  await screen.findByText("Summarizing the oldest messages, because the context is full: part 2 of 3");
  const line = screen.getByRole("region", { name: stands });
  fireEvent.click(within(line).getByRole("button", { name: "Show the summary" }));
  expect(within(line).getByRole<HTMLButtonElement>("button", { name: "Edit" }).disabled).toBe(true);
});
