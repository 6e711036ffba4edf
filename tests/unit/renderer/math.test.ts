import { expect, test } from "vitest";
import { normaliseMath } from "../../../renderer/features/chats/markdown/normaliseMath.ts";
import { splitBlocks } from "../../../renderer/features/chats/markdown/splitBlocks.ts";

const cases: [name: string, written: string, normalised: string][] = [
  ["inline", "so \\(x^2\\) it is", "so $$ x^2 $$ it is"],
  ["inline over two lines", "so \\(x +\n y\\) it is", "so $$ x + y $$ it is"],
  ["display alone", "\\[ x = 1 \\]", "$$\nx = 1\n$$"],
  ["display over lines", "\\[\nx = 1\n\\]", "$$\nx = 1\n$$"],
  ["display within a sentence", "so \\[ x \\] holds", "so \n$$\nx\n$$\nholds"],
  ["a full stop goes with the formula", "\\[ x \\].\nNext", "$$\nx.\n$$\nNext"],
  ["display in a list", "1. \\[ x \\]", "1. $$\n   x\n   $$"],
  ["display in a quote", "> \\[ x\n> y \\]", "> $$\n> x\n> y\n> $$"],
  ["no blank line is left inside", "\\[\nx\n\ny\n\\]", "$$\nx\ny\n$$"],
  ["dollars on one line alone", "$$ x $$", "$$\nx\n$$"],
  ["dollars that open with text", "$$ x = 1\ny = 2 $$", "$$\nx = 1\ny = 2\n$$"],
  ["dollars within a sentence", "so $$x$$ holds", "so $$ x $$ holds"],
  ["boxed alone", "The answer is \\boxed{4{2}}.", "The answer is $$ \\boxed{4{2}} $$."],
  ["boxed inside math", "\\( \\boxed{42} \\)", "$$ \\boxed{42} $$"],
  ["a line break in a matrix is no delimiter", "\\( a \\\\[2pt] b \\)", "$$ a \\\\[2pt] b $$"],
  ["a bar in a table cell", "| \\(|a|\\) | 1 |", "| $$ \\vert a\\vert  $$ | 1 |"],
  ["display in a table cell stays inline", "| \\[ x \\] |", "| $$ x $$ |"],
];
test.each(cases)("%s", (_name, written, normalised) => {
  expect(normaliseMath(written)).toBe(normalised);
});

const untouched = [
  "It costs $5, or $6 with $x$.",
  "`\\(x\\)` is how to write it",
  "``a ` \\(x\\)`` too",
  "```latex\n\\[ x \\]\n$$\n```",
  "~~~\n\\(x\\)\n```\n\\(y\\)\n~~~",
  "- item\n\n  ```\n  \\(x\\)\n  ```",
  "an escaped \\\\(bracket\\\\)",
  "no end \\(x + y",
  "no end \\[ x + y",
  "the end is in another paragraph \\(x\n\ny\\)",
  "\\boxed{never closed",
  "\\( \\)",
];
test.each(untouched)("left as it is: %j", (text) => {
  expect(normaliseMath(text)).toBe(text);
});

test("dollars that close nothing are escaped, so that they swallow nothing", () => {
  expect(normaliseMath("$$ and more\n\ntext")).toBe("\\$\\$ and more\n\ntext");
  expect(normaliseMath("$$$$\ntext")).toBe("\\$\\$\\$\\$\ntext");
});

test("a formula too large to typeset stays text", () => {
  const huge = `\\(${"x+".repeat(6000)}\\)`;
  expect(normaliseMath(huge)).toBe(huge);
});

// Quadratic work on this much would outlast the runner's own limit by far.
test.each(["\\(", "\\[ ", "$$", "`", "\\boxed{", "\\( `` $$ \\[", "\\]\\)", "\\[x\\] ", "$$ x $$\n"])(
  "300,000 characters of %j are read in one pass",
  (unit) => {
    const text = unit.repeat(Math.floor(300_000 / unit.length));
    expect(normaliseMath(text).length).toBeGreaterThanOrEqual(text.length);
  },
);

const documentText = [
  "First paragraph\nof two lines.",
  "1. one\n\n2. two\n\n   with more\n\n   ```js\n   a\n\n   b\n   ```",
  "```python\ndef f():\n\n    return 1\n```",
  "$$\nx\n$$",
  "> quote\n> more",
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "    indented code\n\n    goes on",
  "The end.",
].join("\n\n");

test("blocks joined are the text, and a fence, a list or indented code is never cut", () => {
  const blocks = splitBlocks(documentText);
  expect(blocks.join("")).toBe(documentText);
  expect(blocks).toHaveLength(7);
  expect(blocks[1]).toContain("b\n   ```");
  expect(blocks[2]).toBe("```python\ndef f():\n\n    return 1\n```\n\n");
});

test("text with link definitions is one block, for they reach across paragraphs", () => {
  const text = "See [this].\n\nMore.\n\n[this]: https://example.org";
  expect(splitBlocks(text)).toEqual([text]);
});

// The one before it too: a line that begins with "2" may yet become the second item of a list.
test("while text streams, only the last two blocks ever change", () => {
  let before: string[] = [];
  for (let length = 1; length <= documentText.length; length++) {
    const blocks = splitBlocks(documentText.slice(0, length));
    expect(blocks.slice(0, Math.max(0, before.length - 2))).toEqual(before.slice(0, -2));
    before = blocks;
  }
  expect(before).toEqual(splitBlocks(documentText));
});
