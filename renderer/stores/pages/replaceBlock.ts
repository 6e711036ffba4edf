import { openingFence } from "../../parts/fence.ts";
import { longestRun } from "../../parts/longestRun.ts";
import type { CodeBlock } from "./CodeBlocks.ts";

/** Returns a reply's text with other code in one of its blocks. The fence becomes longer if the code contains one. */
export function replaceBlock(text: string, { start, end }: CodeBlock, code: string): string {
  const block = text.slice(start, end);
  const [opening = ""] = block.split("\n", 1);
  const fence = openingFence(opening.replace(/\r$/, ""));
  if (fence === null) return text;
  const sign = fence.mark.startsWith("~") ? "~" : "`";
  const longest = longestRun(code, sign);
  const mark = sign.repeat(Math.max(fence.mark.length, longest < 3 ? 0 : longest + 1));
  const indent = " ".repeat(fence.indent);
  const lines = code.split("\n").map((line) => (line === "" ? "" : indent + line));
  const written = [opening.replace(/\r$/, "").replace(fence.mark, mark), ...lines, indent + mark].join("\n");
  return text.slice(0, start) + written + text.slice(end);
}
