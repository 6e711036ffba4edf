import { expect, test } from "vitest";
import { hasDefinitions, splitBlocks } from "../../../../renderer/features/chats/markdown/splitBlocks.ts";

const documentText = [
  "First paragraph\nof two lines.",
  "1. one\n\n2. two\n\n   with more\n\n   ```js\n   a\n\n   b\n   ```",
  "```python\ndef f():\n\n    return 1\n```",
  "\\[\nx\n\n= 5\n\\]",
  "$$\nx\n$$",
  "> quote\n> more",
  "<div>\n\n# x\n\n</div>",
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "    indented code\n\n    goes on",
  "The end.",
].join("\n\n");

test("blocks joined are the text, and what may hold blank lines is never cut", () => {
  const blocks = splitBlocks(documentText);
  expect(blocks.join("")).toBe(documentText);
  expect(blocks.map((block) => block.trimEnd().split("\n")[0])).toEqual([
    "First paragraph",
    "1. one",
    "```python",
    "\\[",
    "$$",
    "> quote",
    "<div>",
    // Indented code may be the end of what comes before it.
    "| a | b |",
    "The end.",
  ]);
});

const whole = [
  "\\[\nx\n\n\n= 5\n\\]",
  "So: \\[\nx\n\n= 5\n\\]",
  "$$\nx\n\ny\n$$",
  "\\begin{align}\nx &= 1 \\\\\n\n&= 2\n\\end{align}",
  "<script>\nlet a = 1;\n\n# not a heading\n</script>",
  "<html>\n\n<body>\n\n<p>a\n\nb</p>\n\n</body>\n</html>",
  "~~~\n\\[\n\nx\n~~~",
  "<!--\n\n# x\n\n-->",
  "<!--\n\n# x",
  "- \\[\n\n  x\n\n  \\]",
  "> a\n>\n> \\[\n>\n> x\n> \\]",
  // Not finished yet: what comes next may be its end.
  "\\[\nx\n\n= 5",
  "$$\n\nx\n\ny",
  "\\begin{align}\nx\n\ny",
  "<script>\n\nlet a",
  "<!DOCTYPE html>\n<html>\n\n<body>",
];
test.each(whole)("one block: %j", (text) => {
  expect(splitBlocks(text)).toEqual([text]);
  expect(splitBlocks(`Before.\n\n${text}`)).toEqual(["Before.\n\n", text]);
});

test.each([
  "```latex\n\\[ x\n```\n\nNext.\n\n\\]",
  "`\\[` opens.\n\nNext.\n\n`\\]` closes.",
  "It costs $$.\n\nNext.\n\nIt costs $$.",
])("cut at each blank line outside code: %j", (text) => {
  expect(splitBlocks(text)).toHaveLength(3);
});

test("definitions of links and notes are found, for they reach across blocks", () => {
  expect(hasDefinitions("See [this].\n\nMore.\n\n[this]: https://example.org")).toBe(true);
  expect(hasDefinitions("Noted.[^1]\n\n[^1]: A note.")).toBe(true);
  expect(hasDefinitions("See [this](https://example.org): it [is].")).toBe(false);
});

test("lines end with LF in the blocks, whatever they ended with", () => {
  expect(splitBlocks("a\r\n\r\n```\r\nb\r\n\r\nc\r\n```\r\n\rd")).toEqual(["a\n\n", "```\nb\n\nc\n```\n\n", "d"]);
});

test("what follows a cut is cut as before, so that a growing text need not be cut again from its start", () => {
  const blocks = splitBlocks(documentText);
  for (let first = 1; first < blocks.length; first++) {
    expect(splitBlocks(blocks.slice(first).join(""))).toEqual(blocks.slice(first));
  }
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
