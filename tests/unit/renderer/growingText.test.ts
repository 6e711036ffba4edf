import { expect, test } from "vitest";
import {
  appendText,
  continuesText,
  growingText,
  isBlankText,
  sliceText,
  startOfWords,
} from "../../../renderer/stores/growingText.ts";

test("a text that grew in pieces of any size equals the text, as a whole and in part", () => {
  let text = growingText("So it begins. ");
  let joined = "So it begins. ";
  for (let size = 0; size < 3000; size += 7) {
    const more = String.fromCharCode(97 + (size % 26)).repeat(size % 613);
    text = appendText(text, more);
    joined += more;
  }
  expect(sliceText(text, 0)).toBe(joined);
  expect(text.length).toBe(joined.length);
  for (const [start, end] of [
    [0, 5],
    [3, 14],
    [10, 9000],
    [4095, 4097],
    [joined.length - 3, joined.length],
    [joined.length, joined.length],
  ] as const) {
    expect(sliceText(text, start, end)).toBe(joined.slice(start, end));
  }
});

test("a million tokens are kept in pieces, not in one string that is copied for each", () => {
  let text = growingText("");
  for (let index = 0; index < 1_000_000; index++) text = appendText(text, "word");
  expect(text.length).toBe(4_000_000);
  expect(text.count).toBeGreaterThan(900);
  expect(text.tail.length).toBeLessThan(4096);
  expect(sliceText(text, text.length - 4)).toBe("word");
});

test("an earlier state does not change, and recognizes its continuations", () => {
  const before = appendText(growingText("one "), "two ");
  const after = appendText(before, "x".repeat(10_000));
  expect(sliceText(before, 0)).toBe("one two ");
  expect(continuesText(before, after)).toBe(true);
  expect(continuesText(after, before)).toBe(false);
  expect(continuesText(before, growingText("one two three"))).toBe(true);
  expect(continuesText(before, growingText("another text"))).toBe(false);
});

test("white space at the start is found across pieces", () => {
  const text = appendText(appendText(growingText(" \n"), "\t".repeat(5000)), "  word");
  expect(startOfWords(text)).toBe(5004);
  expect(isBlankText(text)).toBe(false);
  expect(isBlankText(growingText(" \n "))).toBe(true);
  expect(isBlankText(growingText(""))).toBe(true);
});
