import { expect, test } from "vitest";
import { foundWords, queryWords } from "../../../electron/contract/foundWords.ts";
import { snippetOf } from "../../../electron/workbench/chats/snippetOf.ts";

const found = (text: string, query: string): string[] =>
  foundWords(text, queryWords(query)).map(([start, end]) => text.slice(start, end));

test.each([
  ["What is 17 + 25?", "WHAT 25", ["What", "25"]],
  ["the other then", "the", ["the", "the", "the"]],
  ["Die Straße und GROẞ", "strasse gross", ["Straße", "GROẞ"]],
  ["ab ba aba", "ab ba", ["ab", "ba", "aba"]],
  ["Cafe\u0301 creme", "café", ["Cafe\u0301"]],
  ["x\u200By soft\u00ADhyphen", "softhyphen xy", ["x\u200By", "soft\u00ADhyphen"]],
  ["ﬁle ½", "file", ["ﬁle"]],
  ["ﬁsh", "is", ["ﬁs"]],
  ["\u1112\u1161\u11AB국어", "한국", ["\u1112\u1161\u11AB국"]],
  ["ｶﾞｽ", "ガ", ["ｶﾞ"]],
  ["你好，世界！", "世界", ["世界"]],
  ["İstanbul ILIK", "istanbul ılık", ["İstanbul", "ILIK"]],
  ["𝐀𝓑 Ⓒ", "ab", ["𝐀𝓑"]],
  ["a\0b C", "b c", ["b", "C"]],
  ["nothing", "x", []],
  ["nothing", "", []],
])("%j: %j is %j", (text, query, words) => {
  expect(found(text, query)).toEqual(words);
});

test("a long text without spaces is searched quickly, and odd ones throw nothing", () => {
  const long = `${"字".repeat(500_000)}世界${"字".repeat(500_000)}`;
  expect(foundWords(long, ["世界"])).toEqual([[500_000, 500_002]]);
  expect(foundWords("a".repeat(100_000), ["a"], 5).length).toBeGreaterThan(0);
  for (const text of ["\ud800", "a\udc00b", "\u0301", "ﬁ".repeat(30_000), "\uFEFFa b\uFEFFc"]) {
    expect(() => found(text, "a b fi")).not.toThrow();
    expect(() => snippetOf(text, queryWords("a b fi"))).not.toThrow();
  }
});

test("an excerpt does not split characters, and marks where it was cut", () => {
  const { snippet, marks } = snippetOf(`${"😀".repeat(300)} needle ${"😀".repeat(300)}`, ["needle"]);
  expect(snippet).toMatch(/^….*needle.*…$/u);
  expect(snippet).not.toMatch(/\p{Surrogate}/u);
  expect(marks.map(([start, end]) => snippet.slice(start, end))).toEqual(["needle"]);
  const apart = snippetOf(`people ${"and more ".repeat(50)} people say because ${"and more ".repeat(50)}`, [
    "because",
    "people",
  ]);
  expect(apart.snippet).toMatch(/^….*people say because.*…$/);
  expect(snippetOf("short\nand\twhole", ["whole"])).toEqual({ snippet: "short and whole", marks: [[10, 15]] });
  expect(snippetOf("changed on the disk", ["gone"])).toEqual({ snippet: "changed on the disk", marks: [] });
});
