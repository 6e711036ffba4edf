// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { rangesIn } from "../../../renderer/features/chats/useFoundWords.ts";

const marked = (html: string, ...words: string[]): string[] => {
  const root = document.createElement("div");
  root.innerHTML = html;
  return rangesIn(root, words).map((range) => range.toString());
};

test("words are found across markup within a paragraph, not across its end, and only where they are visible", () => {
  expect(marked("<p>The <b>Str</b>aße is</p>", "strasse", "is")).toEqual(["Straße is"]);
  expect(marked("<p>one</p><p>two</p>", "onetwo")).toEqual([]);
  expect(marked("<ul><li>on</li><li>e</li></ul><p>one</p>", "one")).toEqual(["one"]);
  expect(marked("<p>x<button>copy one</button> <span class='katex-mathml'>one</span></p>", "one")).toEqual([]);
  expect(marked("<p>世界 <code>世</code>界</p>", "世界")).toEqual(["世界", "世界"]);
  expect(marked("", "x")).toEqual([]);
});

test("a phrase is found where its words follow each other, not across the end of a paragraph", () => {
  const root = document.createElement("div");
  root.innerHTML = "<p>a perfect <b>square</b>, perfect</p><p>square perfect</p><p>perfect\nsquare</p>";
  const found = rangesIn(root, ["perfect", "square"], true).map((range) => range.toString());
  expect(found).toEqual(["perfect square", "perfect\nsquare"]);
});
