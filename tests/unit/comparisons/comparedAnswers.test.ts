import { expect, test } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import type { ComparisonRun } from "../../../electron/contract/comparisons.ts";
import { comparedAnswers } from "../../../electron/workbench/comparisons/comparedAnswers.ts";

const version = (id: string, modelId: string, changes: object = {}): Message =>
  ({
    id,
    state: "done",
    stats: { stopReason: "end" },
    model: { id: modelId, name: modelId },
    ...changes,
  }) as unknown as Message;
const stopped = { state: "stopped" };
const cut = { stats: { stopReason: "length" } };
const shown = (versions: Message[], run: ComparisonRun | null = null) =>
  comparedAnswers(versions, run).map(({ model, messageId }) => [model.id, messageId]);

test("without a run, the newest whole answer of each model counts, in the order of the replies", () => {
  expect(
    shown([
      version("1", "a"),
      version("2", "b", stopped),
      version("3", "a"),
      version("4", "b"),
      version("5", "a", stopped),
      version("6", "b", cut),
    ]),
  ).toEqual([
    ["a", "3"],
    ["b", "4"],
  ]);
});

test("of a model without a whole answer, its newest counts", () => {
  expect(shown([version("1", "a", stopped), version("2", "a", cut), version("3", "b")])).toEqual([
    ["a", "2"],
    ["b", "3"],
  ]);
});

test("edited answers and those of unknown models are left out", () => {
  const edited = { model: { id: "a", name: "a", edited: true } };
  expect(
    shown([version("1", "a"), version("2", "a", edited), version("3", ""), version("4", "b", { model: null })]),
  ).toEqual([["a", "1"]]);
});

test("with a run, its answers count, whatever became of them", () => {
  const answer = (id: string, messageId: string) => ({
    model: { id, name: id },
    messageId,
    loadMs: null,
    problem: null,
  });
  const run: ComparisonRun = {
    chatId: "chat",
    questionId: "question",
    state: "complete",
    answers: [answer("b", "2"), answer("a", "gone")],
    unanswered: [],
    problem: null,
  };
  expect(shown([version("1", "b"), version("2", "b", stopped)], run)).toEqual([
    ["b", "2"],
    ["a", null],
  ]);
});
