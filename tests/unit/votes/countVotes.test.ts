import { expect, test } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { countVotes } from "../../../electron/workbench/votes/countVotes.ts";
import { isDecided } from "../../../electron/workbench/votes/isDecided.ts";

const reply = (id: string, text: string, change: Partial<Message> = {}): Message => ({
  id,
  chatId: "chat",
  parentId: "question",
  role: "assistant",
  createdAt: 1,
  text,
  thought: String.raw`Perhaps \boxed{99}.`,
  state: "done",
  model: { id: "r1", name: "R1" },
  stats: { stopReason: "end" } as Message["stats"],
  problem: null,
  version: { index: 1, count: 1, ids: [id] },
  ...change,
});
const group = (...sizes: number[]) => ({
  groups: sizes.map((size, index) => ({ result: String(index), messageIds: Array.from({ length: size }, String) })),
});

test("answers are grouped by what they say as mathematics, and thoughts do not count", () => {
  const long = "word ".repeat(100);
  const votes = countVotes("question", [
    reply("a", String.raw`So \boxed{\frac{1}{3}}.`),
    reply("b", String.raw`\boxed{1/2}`),
    reply("c", "Answer: **0.5**"),
    reply("d", long),
    reply("e", String.raw`$$\boxed{50\%}$$`),
  ]);
  expect(votes).toEqual({
    questionId: "question",
    groups: [
      { result: "1/2", messageIds: ["b", "c", "e"] },
      { result: String.raw`\frac{1}{3}`, messageIds: ["a"] },
    ],
    ungrouped: ["d"],
    unfinished: [],
    hasAgreement: true,
  });
});

test("what did not end by itself has no result, and what was edited or is being written does not count", () => {
  const votes = countVotes("question", [
    reply("a", "1", { state: "stopped" }),
    reply("b", "1", { state: "streaming" }),
    reply("c", "1", { stats: { stopReason: "maxTokens" } as Message["stats"] }),
    reply("d", "1", { model: { id: "r1", name: "R1", edited: true } }),
    reply("e", "2"),
  ]);
  expect(votes.groups).toEqual([{ result: "2", messageIds: ["e"] }]);
  expect(votes.unfinished).toEqual(["a", "c"]);
});

test("answers by other models count too", () => {
  const other = { model: { id: "other", name: "Other" } };
  const votes = countVotes("question", [reply("a", "\\boxed{1}"), reply("b", "\\boxed{1}", other)]);
  expect(votes.groups).toEqual([{ result: "1", messageIds: ["a", "b"] }]);
});

test("last lines that are the same are no agreement, because courtesies are", () => {
  const courtesy = "I hope this helps!";
  expect(countVotes("question", [reply("a", courtesy), reply("b", courtesy)]).hasAgreement).toBe(false);
  const different = [reply("a", String.raw`\boxed{1}`), reply("b", String.raw`\boxed{2}`), reply("c", "1")];
  expect(countVotes("question", different).hasAgreement).toBe(false);
  expect(countVotes("question", [...different, reply("d", String.raw`\boxed{2.0}`)]).hasAgreement).toBe(true);
});

test.each([
  [[], 0, false],
  [[1], 0, true],
  [[1], 1, false],
  [[3, 1], 2, false],
  [[3, 1], 1, true],
  [[2, 2], 0, false],
  [[5, 1, 1], 3, true],
])("groups of %s with %i answers left are decided: %s", (sizes, left, decided) => {
  expect(isDecided(group(...sizes), left)).toBe(decided);
});

test("what a model wrote again with the same seed counts once", () => {
  const drawn = (id: string, seed?: number, modelId = "r1", text = "\\boxed{1}"): Message =>
    reply(id, text, { model: { id: modelId, name: "R1", ...(seed !== undefined && { seed }) } });
  const { groups } = countVotes("question", [
    drawn("a", 1),
    drawn("b", 1),
    drawn("c", 2),
    drawn("d", 1, "other"),
    // Drawn with any seed: the same words are a second opinion.
    drawn("e"),
    drawn("f"),
    // The settings were others.
    drawn("g", 1, "r1", "\\boxed{2}"),
  ]);
  expect(groups.map(({ messageIds }) => messageIds)).toEqual([["a", "c", "d", "e", "f"], ["g"]]);
});
