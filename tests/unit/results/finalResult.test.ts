import { describe, expect, it } from "vitest";
import { finalResult } from "../../../electron/contract/finalResult.ts";

const boxed: [string, string][] = [
  [String.raw`So \boxed{24}.`, "24"],
  [String.raw`\boxed{1} and then \boxed{2}`, "2"],
  [String.raw`$$\boxed{\frac{1}{2}}$$`, String.raw`\frac{1}{2}`],
  [String.raw`\boxed{\sqrt{\frac{a}{b^{2}}}}`, String.raw`\sqrt{\frac{a}{b^{2}}}`],
  [String.raw`\boxed 5`, "5"],
  [String.raw`\boxed5`, "5"],
  [String.raw`\boxed\pi`, String.raw`\pi`],
  [String.raw`\fbox{7}`, "7"],
  [String.raw`\boxed {\text{yes}}`, String.raw`\text{yes}`],
  [String.raw`\boxed{\{1, 2\}}`, String.raw`\{1, 2\}`],
  [String.raw`\boxed{3} … \boxed{4`, "3"],
  [String.raw`\boxed{3} … \boxed{}`, "3"],
  [`\\boxed{\n 42 \n}`, "42"],
];

const lines: [string, string][] = [
  ["First.\n\n**Answer: 24**\n", "24"],
  ["The answer is 24.", "24."],
  ["The final answer is: 24", "24"],
  ["La réponse est 24", "24"],
  ["答案是 24", "24"],
  ["# 12", "12"],
  ["- 12", "12"],
  ["-12", "-12"],
  ["```\n12\n```", "12"],
  ["12\n---\n", "12"],
  [String.raw`\boxedfoo`, String.raw`\boxedfoo`],
];

describe("the final result of an answer", () => {
  it.each(boxed)("is in the last box: %s", (answer, text) => {
    expect(finalResult(answer)).toEqual({ from: "boxed", text });
  });

  it.each(lines)("is else the last line: %s", (answer, text) => {
    expect(finalResult(answer)).toEqual({ from: "lastLine", text });
  });

  it.each(["", "  \n ", "---", "It ".repeat(100)])("is else none: %s", (answer) => {
    expect(finalResult(answer)).toBeNull();
  });

  it("costs little whatever is written", () => {
    expect(finalResult("\\boxed{".repeat(100_000))).toBeNull();
    finalResult("{".repeat(1_000_000));
    finalResult("- ".repeat(500_000));
    finalResult("the answer is ".repeat(100_000));
  }, 60_000);
});
