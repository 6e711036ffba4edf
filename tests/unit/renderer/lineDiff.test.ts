import { expect, test } from "vitest";
import { lineDiff } from "../../../renderer/parts/lineDiff.ts";

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

test("changed lines have their numbers in both texts, and what is unchanged far from them is left out", () => {
  const before = numbers(1, 40).join("\n");
  const after = [...numbers(1, 19), "another", "one more", ...numbers(21, 40)].join("\n");
  const { hunks, skippedAtEnd, added, removed, isTooDifferent } = lineDiff(before, after);
  expect({ added, removed, isTooDifferent, skippedAtEnd }).toEqual({
    added: 2,
    removed: 1,
    isTooDifferent: false,
    skippedAtEnd: 17,
  });
  expect(hunks).toHaveLength(1);
  expect(hunks[0]?.skipped).toBe(16);
  expect(hunks[0]?.lines.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ["same", 17, 17],
    ["same", 18, 18],
    ["same", 19, 19],
    ["removed", 20, null],
    ["added", null, 20],
    ["added", null, 21],
    ["same", 21, 22],
    ["same", 22, 23],
    ["same", 23, 24],
  ]);
});

test("line ends and a missing end of the last line are no difference", () => {
  expect(lineDiff("a\r\nb\r\n", "a\nb").hunks).toEqual([]);
  expect(lineDiff("", "").hunks).toEqual([]);
});

test("a text that was empty is added, and an emptied one removed", () => {
  expect(lineDiff("", "a\nb")).toMatchObject({ added: 2, removed: 0 });
  expect(lineDiff("a\n\nb", "")).toMatchObject({ added: 0, removed: 3 });
  expect(lineDiff("", "a").hunks[0]?.lines).toEqual([{ kind: "added", text: "a", before: null, after: 1 }]);
});

test("texts without anything in common are not compared for ever", () => {
  const before = Array.from({ length: 60_000 }, (_, index) => `before ${index}`).join("\n");
  const after = Array.from({ length: 60_000 }, (_, index) => `after ${index}`).join("\n");
  expect(lineDiff(before, after)).toMatchObject({ isTooDifferent: true, added: 60_000, removed: 60_000 });
});
