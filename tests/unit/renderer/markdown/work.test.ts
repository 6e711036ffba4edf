import { expect, test } from "vitest";
import { parseMarkdown } from "../../../../renderer/features/chats/markdown/parseMarkdown.ts";
import { splitBlocks } from "../../../../renderer/features/chats/markdown/splitBlocks.ts";

// Reading the rest again for each of so many openings would take minutes, far more than is allowed here.
const chars = 100_000;
const timeoutMs = 60_000;

const backtickKinds = Array.from({ length: 440 }, (_, index) => `${"`".repeat(index + 1)} a `).join("");
const openings = ["$ ", "$ $$ ", "\\( ", "\\( `` $$ \\[", "\\boxed{", "\\begin{align}"];
const complete = ["$x$ ", "$$x$$ ", "\\[x\\] ", "https://a.com/(，", "<div>\n"];

test.each([...openings, ...complete])("%j, 100 KB of it, is read in one pass", { timeout: timeoutMs }, (unit) => {
  const text = unit.repeat(Math.ceil(chars / unit.length));
  expect(splitBlocks(text).join("")).toBe(text);
  expect(parseMarkdown(text).children.length).toBeGreaterThan(0);
});

test("so are runs of backticks with different lengths", { timeout: timeoutMs }, () => {
  expect(backtickKinds.length).toBeGreaterThan(90_000);
  expect(parseMarkdown(backtickKinds).children).toHaveLength(1);
});
