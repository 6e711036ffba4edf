import { expect, test } from "vitest";
import { isCostlyText } from "../../../renderer/features/chats/costlyText.ts";
import { piecesFrom, TextPieces, textPieces } from "../../../renderer/features/chats/textPieces.ts";
import { appendText, growingText } from "../../../renderer/stores/growingText.ts";

test.each([
  ["lines", "a line of text\n".repeat(10_000), /\n$/],
  ["one line", "word ".repeat(50_000), / $/],
  ["no space at all", "x".repeat(100_000), /x$/],
])("%s: joined, the pieces are the text, and each ends at an allowed position", (_name, text, ending) => {
  const pieces = textPieces(text);
  expect(pieces.join("")).toBe(text);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(8_000);
  for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(ending);
});

test("a short text is one piece", () => {
  expect(textPieces("")).toEqual([""]);
  expect(textPieces("short")).toEqual(["short"]);
});

test("a piece has no more lines than can be laid out at once", () => {
  const text = "\n".repeat(4_000);
  const pieces = textPieces(text);
  expect(pieces.join("")).toBe(text);
  for (const piece of pieces) expect(piece.split("\n").length).toBeLessThanOrEqual(501);
});

test("no character is split", () => {
  for (const piece of textPieces(`x${"🙂".repeat(20_000)}`))
    expect(piece).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
});

test("while a text grows, the pieces before its end do not change", () => {
  const whole = "a line of text\n".repeat(3_000);
  const cutter = new TextPieces();
  let text = growingText("");
  let before: string[] = [];
  for (let at = 0; at < whole.length; at += 997) {
    text = appendText(text, whole.slice(at, at + 997));
    const pieces = cutter.cut(text);
    expect(pieces.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before = pieces;
  }
  expect(before).toEqual(textPieces(whole));
});

test.each([
  ["joined", "\u{1f469}\u200d"],
  ["with skin colours", "\u{1f3fd}"],
  ["with tags", "\u{1f3f4}\u{e0061}"],
  ["with keycaps", "\u20e3"],
  ["joined, with spaces", "\u{1f469}\u200d \u{1f469}"],
  ["stacked marks", "\u0fb2"],
  ["marks stacked on letters", `a${"\u0301".repeat(40)}`],
])("%s: long rows of emoji or marks are cut into short pieces, because they are slow to lay out", (_name, unit) => {
  const text = unit.repeat(10_000 / unit.length);
  const pieces = textPieces(text);
  expect(pieces.join("")).toBe(text);
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(400);
});

test.each([
  ["Hindi", "नमस्ते दुनिया, यह एक लंबा वाक्य है। ".repeat(2000)],
  ["Thai", "สวัสดีครับ นี่คือประโยคยาว ๆ ".repeat(2000)],
  ["Arabic", "السَّلَامُ عَلَيْكُمْ ".repeat(2000)],
  ["some emoji", "Well done 👏👏🏽 👩‍👩‍👧‍👦! ".repeat(2000)],
])("%s is cut into pieces of the usual length", (_name, text) => {
  expect(textPieces(text).length).toBeLessThan(text.length / 3_000);
});

test("from any position on, the pieces are those of the whole text", () => {
  const text = "a line of text\n".repeat(3_000);
  const pieces = textPieces(text);
  for (const from of [0, 1, 4_005, 20_000, text.length]) {
    const found = piecesFrom(pieces, from);
    expect(found.map((piece) => piece.text).join("")).toBe(text.slice(from));
    for (const piece of found.slice(1)) expect(piece.text).toBe(pieces[piece.index]);
  }
});

test.each([
  ["a word of joined letters without an end", "\u0628\u0633\u0645".repeat(3_000)],
  ["a turn of the direction with each word", "\u202eabc \u05d0\u05d1 ".repeat(2_000)],
  ["a row of emoji", "\u{1f600} ".repeat(3_000)],
  ["marks on marks", `a${"\u0301".repeat(9_000)}`],
])("%s: only a little of it is kept together", (_name, text) => {
  const pieces = textPieces(text);
  expect(pieces.join("")).toBe(text);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(400);
});

test.each([
  [
    "Arabic",
    "\u0643\u0644\u0645\u0629 \u0639\u0631\u0628\u064a\u0629 \u0645\u0639\u062a\u0627\u062f\u0629. ".repeat(500),
  ],
  [
    "Arabic with all its vowels",
    "\u0627\u0644\u0652\u062d\u064e\u0645\u0652\u062f\u064f \u0644\u0650\u0644\u0651\u064e\u0647\u0650 ".repeat(500),
  ],
  ["Hebrew within English", "the word \u05e9\u05dc\u05d5\u05dd here, ".repeat(500)],
  ["Chinese", "\u4e2d\u6587\u5b57\u7b26\uff0c\u6ca1\u6709\u7a7a\u683c\u3002".repeat(500)],
  ["Hindi", "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e ".repeat(500)],
  [
    "Thai",
    "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22\u0e44\u0e21\u0e48\u0e21\u0e35\u0e0a\u0e48\u0e2d\u0e07\u0e27\u0e48\u0e32\u0e07 ".repeat(
      300,
    ),
  ],
  ["emoji between words", "fine \u{1f600} words \u{1f44d}\u{1f3fd} ".repeat(500)],
  ["isolates around names, as programs write them", "\u2068name\u2069 ".repeat(20)],
])("%s is ordinary text", (_name, text) => {
  expect(isCostlyText(text)).toBe(false);
});
