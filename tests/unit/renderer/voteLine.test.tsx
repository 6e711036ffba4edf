// @vitest-environment happy-dom
import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { problemOf } from "../../../electron/contract/errors.ts";
import type { VoteRun, Votes } from "../../../electron/contract/votes.ts";
import { message, reply, stats, whole, chat } from "./fakeBridge.ts";
import { openChat } from "./openChat.tsx";

const ids = ["a1", "a2", "a3", "a4"];
const run: VoteRun = {
  chatId: "c1",
  questionId: "u1",
  state: "complete",
  done: 3,
  wanted: 3,
  secondsLeft: null,
  problem: null,
};
const counted: Votes = {
  questionId: "u1",
  groups: [],
  ungrouped: [],
  unfinished: [],
  hasAgreement: false,
};

/** Opens a chat whose reply has four versions. */
function open(votes: Partial<Votes>, asked: VoteRun | null) {
  const shown = reply("a1", { parentId: "u1", text: "24", stats, version: { index: 1, count: 4, ids } });
  return openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: [message("u1"), shown], ...whole }),
    "votes.of": () => ({ votes: { ...counted, ...votes }, run: asked }),
  });
}
const line = () => screen.findByRole("region", { name: "Answers to this question" });

test("answers that were cut are counted and named", async () => {
  const groups = [{ result: String.raw`\frac{48}{2}`, messageIds: ["a1", "a2"] }];
  open({ groups, unfinished: ["a3", "a4"], hasAgreement: true }, run);
  const votes = await line();
  expect(votes.textContent).toContain("2 of 4 say 48/2.");
  within(votes).getByRole("button", { name: "2 others" }).click();
  await within(votes).findByText(/^2 answers that were cut, stopped or failed/);
});

test("if all were cut, the line says that none has a result", async () => {
  open({ unfinished: ids }, run);
  const votes = await line();
  expect(votes.textContent).toContain("4 answers, none with a result that can be compared.");
  expect(votes.textContent).toContain("4 answers that were cut, stopped or failed");
});

test("a vote that failed says why, and a last line has one full stop", async () => {
  const groups = [{ result: "The answer is 24.", messageIds: ["a1"] }];
  open({ groups }, { ...run, state: "failed", problem: problemOf("disk-full") });
  const votes = await line();
  expect(votes.textContent).toContain("The answer is 24. ");
  await within(votes).findByRole("alert");
});

test("replies that were only written anew are no vote without results that agree", async () => {
  const groups = [{ result: "and night falls", messageIds: ["a1", "a2"] }];
  const { named } = open({ groups, ungrouped: ["a3", "a4"] }, null);
  await expect.poll(() => named("votes.of")).not.toEqual([]);
  await screen.findByText("24");
  expect(screen.queryByRole("region", { name: "Answers to this question" })).toBeNull();
});

test("while models are compared in the chat, no other answer can be shown", async () => {
  const groups = [
    { result: "24", messageIds: ["a1", "a2"] },
    { result: "23", messageIds: ["a3", "a4"] },
  ];
  const { emit } = open({ groups, hasAgreement: true }, null);
  const votes = await line();
  within(votes).getByRole("button", { name: "2 others" }).click();
  const show = await within(votes).findByRole<HTMLButtonElement>("button", { name: "Show" });
  const comparison = { chatId: "c1", questionId: "u1", unanswered: [], problem: null };
  await act(async () => emit("comparisons.changed", { ...comparison, state: "running", answers: [] }));
  expect(show.disabled).toBe(true);
  await act(async () => emit("comparisons.changed", { ...comparison, state: "complete", answers: [] }));
  expect(show.disabled).toBe(false);
});

const cut: VoteRun = { ...run, state: "cut", done: 1, wanted: 8 };
const only = { id: "nano", name: "R1 Nano", asked: { kind: "vote", answers: 8 } } as const;
/** Opens a chat with the only answer that was written of a vote. */
const openCut = () => {
  const version = { index: 1, count: 1, ids: ["a1"] };
  const shown = reply("a1", { parentId: "u1", text: "24", stats, version, model: only });
  let asked: VoteRun | null = cut;
  const opened = openChat({
    "chats.open": () => ({ chat: chat("c1"), messages: [message("u1"), shown], ...whole }),
    "votes.of": () => ({ votes: { ...counted, groups: [{ result: "24", messageIds: ["a1"] }] }, run: asked }),
    "votes.askRest": () => ({ ...cut, state: "running" }),
    "votes.keep": () => null,
  });
  return { ...opened, setRun: (next: VoteRun | null) => (asked = next), shown };
};

test.each([
  ["Ask for the rest", "votes.askRest"],
  ["Keep as it is", "votes.keep"],
] as const)("a vote that was cut says how far it came, even after one answer; %s", async (name, call) => {
  const { named, emit } = openCut();
  const votes = await line();
  expect(votes.textContent).toContain("1 of 8 answers was written before the app closed.");
  within(votes).getByRole("button", { name }).click();
  await expect.poll(() => named(call)).toEqual([{ messageId: "a1" }]);
  await act(async () => emit("votes.changed", { ...cut, state: "stopped" }));
  expect(within(votes).queryByRole("button", { name })).toBeNull();
});

test("while a reply is being written, a vote that was cut cannot be gone on with, and later it is found again", async () => {
  const { emit, setRun, shown } = openCut();
  await within(await line()).findByRole("button", { name: "Ask for the rest" });
  setRun(null);
  await act(async () => emit("runs.ended", { chatId: "c1", runId: "a1", message: shown }));
  await expect.poll(() => screen.queryByRole("button", { name: "Ask for the rest" })).toBeNull();
  setRun(cut);
  await act(async () => emit("runs.ended", { chatId: "c1", runId: "a1", message: shown }));
  await within(await line()).findByRole("button", { name: "Ask for the rest" });
});
