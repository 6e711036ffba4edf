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

test("the joined blocks are the text, and what may contain blank lines is never split", () => {
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
    // Indented code may be the end of the block before it.
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
  // Unfinished: the next text may end it.
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
])("split at each blank line outside code: %j", (text) => {
  expect(splitBlocks(text)).toHaveLength(3);
});

test("definitions of links and notes are found, because they apply to all blocks", () => {
  expect(hasDefinitions("See [this].\n\nMore.\n\n[this]: https://example.org")).toBe(true);
  expect(hasDefinitions("Noted.[^1]\n\n[^1]: A note.")).toBe(true);
  expect(hasDefinitions("See [this](https://example.org): it [is].")).toBe(false);
});

test("lines end with LF in the blocks, whatever their original line ends", () => {
  expect(splitBlocks("a\r\n\r\n```\r\nb\r\n\r\nc\r\n```\r\n\rd")).toEqual(["a\n\n", "```\nb\n\nc\n```\n\n", "d"]);
});

test("the text after a split is split in the same way, so a growing text need not be split from its start", () => {
  const blocks = splitBlocks(documentText);
  for (let first = 1; first < blocks.length; first++) {
    expect(splitBlocks(blocks.slice(first).join(""))).toEqual(blocks.slice(first));
  }
});

// The last but one can change too: a line that begins with "2" may become the second item of a list.
test("while text streams, only the last two blocks change", () => {
  let before: string[] = [];
  for (let length = 1; length <= documentText.length; length++) {
    const blocks = splitBlocks(documentText.slice(0, length));
    expect(blocks.slice(0, Math.max(0, before.length - 2))).toEqual(before.slice(0, -2));
    before = blocks;
  }
  expect(before).toEqual(splitBlocks(documentText));
});
