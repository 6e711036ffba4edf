import type { Element, Root } from "hast";
import { expect, test } from "vitest";
import { parseMarkdown } from "../../../../renderer/features/chats/markdown/parseMarkdown.ts";
import { textDirection } from "../../../../renderer/features/chats/markdown/textDirection.ts";

function elements(node: Root | Element): Element[] {
  return node.children.flatMap((child) => (child.type === "element" ? [child, ...elements(child)] : []));
}

/** Returns each block with its direction, in order. */
const directions = (markdown: string): string =>
  elements(parseMarkdown(markdown))
    .filter(({ properties }) => properties["dir"] !== undefined)
    .map(({ tagName, properties }) => `${tagName} ${String(properties["dir"])}`)
    .join(", ");

const cases: [markdown: string, blocks: string][] = [
  ["مرحبا! هذا جواب بالعربية (version 2.0)، وينتهي بنقطة.\n\n- النقطة الثانية!", "p rtl, ul rtl, li rtl"],
  ["# כותרת\n\nטקסט בעברית, עם 3 מילים.", "h1 rtl, p rtl"],
  ["مرحبا\n\nEnglish text here.", "p rtl, p ltr"],
  ["> اقتباس\n\n1. أولا\n2. ثانيا", "blockquote rtl, p rtl, ol rtl, li rtl, li rtl"],
  ["- **Python**: لغة برمجة سهلة\n- 42", "ul rtl, li rtl"],
  ["`code` ثم نص", "p rtl"],
  ["\\(x\\) هو المتغير", "p rtl"],
  ["| الاسم | Size |\n|---|---|\n| نعم | 10 GB |", "table rtl, th rtl, th ltr, td rtl"],
  ["The word سلام means peace.", "p ltr"],
  ["- פריט\n- English item", "ul rtl, li rtl"],
  ["English only.\n\n- a", ""],
  ["中文，日本語、한국어", ""],
  ["1. 2. 3.", ""],
];
test.each(cases)("blocks take their direction from their words: %j", (markdown, blocks) => {
  expect(directions(markdown)).toBe(blocks);
});

const texts: [text: string, direction: string | undefined][] = [
  ["مرحبا", "rtl"],
  ["שלום world, this is mostly English", "rtl"],
  ["HTML هي لغة ترميز", "rtl"],
  ["The Hebrew word שלום means peace", "ltr"],
  ["https://example.com/a/b شرح", "rtl"],
  ["12:30", undefined],
  ["", undefined],
  ["你好", "ltr"],
];
test.each(texts)("the direction of %j", (text, direction) => {
  expect(textDirection(text)).toBe(direction);
});

const unbroken = (cell: string): string[] =>
  elements(parseMarkdown(`| a |\n|---|\n| ${cell} |`))
    .filter(({ properties }) => Array.isArray(properties["className"]) && properties["className"].includes("unbroken"))
    .map(({ children }) => children.map((child) => (child.type === "text" ? child.value : "")).join(""));

const figures: [cell: string, kept: string[]][] = [
  ["10 GB", ["10 GB"]],
  ["about 2,000 tokens/s or so", ["2,000 tokens/s"]],
  ["10~20 元", ["10~20 元"]],
  ["30 个苹果和香蕉", ["30 个苹"]],
  ["60 km/h", ["60 km/h"]],
  ["$5 – $10 each", ["$5 – $10 each"]],
  ["−40 °C", ["−40 °C"]],
  ["1920 × 1080 px", ["1920 × 1080 px"]],
  ["2024-01-15", ["2024-01-15"]],
  ["**8 GB** and `16 GB`", ["8 GB"]],
  ["42", []],
  ["no number", []],
];
test.each(figures)("a number in a cell stays with its unit: %j", (cell, kept) => {
  expect(unbroken(cell)).toEqual(kept);
});

test("outside tables, text is not changed", () => {
  expect(elements(parseMarkdown("10 GB of memory")).map(({ tagName }) => tagName)).toEqual(["p"]);
});
