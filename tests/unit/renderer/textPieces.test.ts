import { expect, test } from "vitest";
import { textPieces } from "../../../renderer/features/chats/textPieces.ts";

test.each([
  ["lines", "a line of text\n".repeat(10_000), /\n$/],
  ["one line", "word ".repeat(50_000), / $/],
  ["no space at all", "x".repeat(100_000), /x$/],
])("%s: joined, the pieces are the text, and each ends where it may", (_name, text, ending) => {
  const pieces = textPieces(text);
  expect(pieces.join("")).toBe(text);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(8_000);
  for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(ending);
});

test("a short text is one piece", () => {
  expect(textPieces("")).toEqual([""]);
  expect(textPieces("short")).toEqual(["short"]);
});
