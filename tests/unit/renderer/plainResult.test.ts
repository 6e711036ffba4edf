import { expect, test } from "vitest";
import { plainResult } from "../../../renderer/features/chats/plainResult.ts";

test.each([
  ["24", "24"],
  [String.raw`\frac{1}{2}`, "1/2"],
  [String.raw`\dfrac{x+1}{2}`, "(x+1)/2"],
  [String.raw`\frac12`, "1/2"],
  [String.raw`x = \pm\sqrt{2}`, "x = ±√2"],
  [String.raw`\sqrt[3]{x+1}`, "³√(x+1)"],
  [String.raw`2^{10}`, "2¹⁰"],
  [String.raw`a_1^2`, "a₁²"],
  [String.raw`e^{i\pi}`, "e^(iπ)"],
  [String.raw`90^\circ`, "90°"],
  [String.raw`50\%`, "50%"],
  [String.raw`\text{Paris}`, "Paris"],
  [String.raw`\left(-\infty,\, 3\right]`, "(-∞, 3]"],
  [String.raw`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, "1 2 ; 3 4"],
  [String.raw`\{1, 2\}`, "{1, 2}"],
  [String.raw`\mystery{x}`, "mysteryx"],
  ["", ""],
  ["}{", ""],
  [String.raw`\frac`, "/"],
  ["a\u202eb\nc", "a b c"],
])("%s is shown as %s", (tex, words) => {
  expect(plainResult(tex)).toBe(words);
});

test("a result of any length and depth is cut", () => {
  expect(plainResult("x+".repeat(400))).toHaveLength(60);
  expect(plainResult("{".repeat(5000)).length).toBeLessThanOrEqual(60);
  expect(plainResult("\\frac".repeat(5000)).length).toBeLessThanOrEqual(60);
  expect(plainResult("^".repeat(5000)).length).toBeLessThanOrEqual(60);
});
