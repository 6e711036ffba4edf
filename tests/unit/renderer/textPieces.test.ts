import { expect, test } from "vitest";
import { piecesFrom, TextPieces, textPieces } from "../../../renderer/features/chats/textPieces.ts";
import { appendText, growingText } from "../../../renderer/stores/growingText.ts";

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

test("a piece has no more lines than can be laid out at once", () => {
  const text = "\n".repeat(4_000);
  const pieces = textPieces(text);
  expect(pieces.join("")).toBe(text);
  for (const piece of pieces) expect(piece.split("\n").length).toBeLessThanOrEqual(501);
});

test("no character is cut in two", () => {
  for (const piece of textPieces(`x${"🙂".repeat(20_000)}`))
    expect(piece).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
});

test("while a text grows, the pieces before its end stay as they are", () => {
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
])("%s: emoji or marks in a long row come in short pieces, for laying them out is dear", (_name, unit) => {
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
])("%s comes in pieces of the usual length", (_name, text) => {
  expect(textPieces(text).length).toBeLessThan(text.length / 3_000);
});

test("from any place on, the pieces are those of the whole text", () => {
  const text = "a line of text\n".repeat(3_000);
  const pieces = textPieces(text);
  for (const from of [0, 1, 4_005, 20_000, text.length]) {
    const found = piecesFrom(pieces, from);
    expect(found.map((piece) => piece.text).join("")).toBe(text.slice(from));
    for (const piece of found.slice(1)) expect(piece.text).toBe(pieces[piece.index]);
  }
});
