import { describe, expect, it } from "vitest";
import { equalResults } from "../../../electron/workbench/results/equalResults.ts";
import { groupResults } from "../../../electron/workbench/results/groupResults.ts";
import { parseResult } from "../../../electron/workbench/results/parseResult.ts";

const equal: [string, string][] = [
  ["1/2", "0.5"],
  ["1/2", String.raw`\frac{1}{2}`],
  ["1/2", String.raw`\dfrac12`],
  ["1/2", String.raw`50\%`],
  ["0.5", "50%"],
  ["½", ".5"],
  ["-1/2", String.raw`-\frac{1}{2}`],
  ["-1/2", String.raw`\frac{-1}{2}`],
  [String.raw`2\sqrt{2}`, String.raw`\sqrt 8`],
  [String.raw`\sqrt{8}`, "2√2"],
  [String.raw`\frac{\sqrt{2}}{2}`, String.raw`\frac{1}{\sqrt{2}}`],
  [String.raw`\sqrt[3]{27}`, "3"],
  [String.raw`\sqrt{3+2\sqrt2}`, String.raw`1+\sqrt{2}`],
  [String.raw`\sqrt8-2\sqrt2`, "0"],
  ["x=4", "4"],
  ["x = 4", String.raw`$x=4$`],
  ["x = 2 + 2 = 4", "4"],
  ["17 + 25 = 42", "42"],
  ["f(x) = 2x+1", "1+2x"],
  ["1,234", "1234"],
  ["1,234,567", String.raw`1{,}234{,}567`],
  [String.raw`12\,345`, "12345"],
  [String.raw`0{,}5`, "1/2"],
  ["1 000 000", "10^6"],
  [String.raw`5\text{ cm}`, "5 cm"],
  ["5cm", String.raw`5\,\mathrm{cm}`],
  ["5 cm", "5"],
  ["12 apples", "12"],
  ["3 hours", "3 hour"],
  [String.raw`90^\circ`, "90°"],
  [String.raw`90^{\circ}`, "90"],
  [String.raw`\$18`, "18"],
  ["$18$", "18"],
  ["18 €", "€18"],
  [String.raw`\text{yes}`, "Yes."],
  [String.raw`\text{(A)}`, "A"],
  ["(B)", String.raw`\mathrm{B}`],
  ["B) 12", "B"],
  ["π", String.raw`\pi`],
  ["2π", String.raw`\pi \cdot 2`],
  [String.raw`\frac{\pi}{2}`, "pi/2"],
  [String.raw`\sin\frac{\pi}{6}`, "1/2"],
  [String.raw`\sin 30^\circ`, "1/2"],
  [String.raw`\cos^2 x + \sin^2 x`, "1"],
  [String.raw`\tan x`, String.raw`\frac{\sin x}{\cos x}`],
  [String.raw`\arctan 1`, String.raw`\frac{\pi}{4}`],
  [String.raw`\ln 8`, String.raw`3\ln 2`],
  [String.raw`\log_2 8`, "3"],
  [String.raw`\log 1000`, "3"],
  ["e^2", String.raw`\exp(2)`],
  ["e^{x+1}", String.raw`e \cdot e^x`],
  ["(1, 2)", String.raw`\left(1,\, 2\right)`],
  ["(1/2, 3)", String.raw`(0.5, \sqrt 9)`],
  [String.raw`\{1, 2\}`, String.raw`\{2, 1\}`],
  [String.raw`\{1, 2\}`, "x = 2, x = 1"],
  [String.raw`1 \text{ or } 2`, "2 or 1"],
  [String.raw`\pm 3`, String.raw`\{-3, 3\}`],
  [String.raw`2 \pm \sqrt{3}`, String.raw`\{2-\sqrt3, 2+\sqrt3\}`],
  [String.raw`x \in \{1,2\}`, String.raw`\{2,1\}`],
  [String.raw`\emptyset`, "∅"],
  ["[0, 1)", String.raw`[0, \frac{2}{2})`],
  [String.raw`(-\infty, 3]`, String.raw`(-∞, 3]`],
  [String.raw`(-\infty,1)\cup(2,\infty)`, String.raw`(2,\infty) \cup (-\infty,1)`],
  [String.raw`1\frac{1}{2}`, "1.5"],
  ["1 1/2", "3/2"],
  [String.raw`2\frac34`, "11/4"],
  ["(x+1)^2", "x^2+2x+1"],
  ["(x+1)(x-1)", "x²-1"],
  ["2xy", "y*x*2"],
  [String.raw`\frac{x^2-1}{x-1}`, "x+1"],
  ["x^2/x", "x"],
  [String.raw`\sqrt{x^2}`, "|x|"],
  ["x_1+x_2", "x_{2}+x_{1}"],
  ["2x+y=3", "y=3-2x"],
  ["x+y=3", "2x+2y=6"],
  ["x>3", "3<x"],
  [String.raw`x \ge 3`, String.raw`2x \geq 6`],
  ["5!", "120"],
  [String.raw`\binom{5}{2}`, "10"],
  ["2^{10}", "1024"],
  ["2^10", "1024"],
  ["2**10", "1024"],
  ["3:4", "3 : 4"],
  [String.raw`\begin{pmatrix}1&2\\3&4\end{pmatrix}`, String.raw`\begin{pmatrix} 1 & 2 \\ 3 & 8/2 \end{pmatrix}`],
  ["10^{-3}", "0.001"],
  [String.raw`3 \times 10^4`, "30000"],
  ["**24**", "24"],
  ["24.", "24"],
  [String.raw`9^{9^{9^9}}`, String.raw`9^{9^{9^9}}`],
  ["-3^2", "-9"],
  ["(-8)^{1/3}", "-2"],
  ["the cat", "The  cat."],
  [String.raw`\boxed{7}`, "7"],
];

const different: [string, string][] = [
  ["1/2", "0.51"],
  ["1/3", "0.333"],
  ["1/3", "0.3333333333333333333333333333333"],
  ["π", "3.14"],
  ["π", "3.14159265358979323846264338327950288419716939937510"],
  ["0.1234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567891"],
  ["50", "50%"],
  ["x=4", "y=4"],
  ["x=4", "5"],
  ["5 cm", "5 m"],
  ["5 mW", "5 MW"],
  ["3 km", "3 kg"],
  ["yes", "no"],
  ["no", "on"],
  ["act", "cat"],
  ["A", "B"],
  ["(A)", "(C)"],
  ["(1, 2)", "(2, 1)"],
  ["(1, 2)", "[1, 2]"],
  ["[0, 1)", "[0, 1]"],
  [String.raw`\{1, 2\}`, String.raw`\{1, 2, 3\}`],
  [String.raw`\{1, 2\}`, "(1, 2)"],
  ["1, 2", "1"],
  ["x^2", "x^3"],
  ["x+1", "x+2"],
  ["x", "y"],
  ["ab", "ba c"],
  [String.raw`\sqrt{x^2}`, "x"],
  ["2x+1", "2x-1"],
  ["(x+y)^2", "x^2+y^2"],
  [String.raw`\sin x`, "x"],
  [String.raw`\ln(x^2)`, String.raw`2\ln x`],
  ["x>3", "x<3"],
  ["x>3", String.raw`x\ge 3`],
  ["x>3", "-x>-3"],
  ["x+y=3", "x+y=4"],
  ["x + y = 3", "3"],
  ["1/0", "2/0"],
  ["0^0", "1/0"],
  [String.raw`9^{9^{9^9}}`, String.raw`9^{9^{9^8}}`],
  [String.raw`1+10^{-500}`, "1"],
  [String.raw`\sqrt{10^{400}}`, "1"],
  [String.raw`\sqrt[12]{300!}`, String.raw`\sqrt{400!}`],
  [String.raw`\sqrt2 + 10^{-70}`, String.raw`\sqrt2`],
  [String.raw`e^{\pi\sqrt{163}}`, "262537412640768744"],
  ["3:4", "4:3"],
  ["1 2", "12"],
  ["12", "21"],
  ["-5", "5"],
  ["1,234", "1.234"],
  ["", ""],
  ["i^2", "-1"],
  [String.raw`\begin{pmatrix}1&2\\3&4\end{pmatrix}`, String.raw`\begin{pmatrix}1&2\\4&3\end{pmatrix}`],
];

const onlyText = [
  "It depends.",
  "yes",
  "((((1",
  "1 + ",
  String.raw`\unknown{3}`,
  "1..2",
  "5 ± 3 ± 1",
  "(".repeat(200) + "1" + ")".repeat(200),
  "-".repeat(300) + "1",
  "1+".repeat(400) + "1",
  "<script>alert(1)</script>",
  "猫",
  "1/2/",
  "x^",
];

describe("results of answers", () => {
  it.each(equal)("%s = %s", (one, other) => {
    expect(equalResults(one, other)).toBe(true);
    expect(equalResults(other, one)).toBe(true);
  });

  it.each(different)("%s ≠ %s", (one, other) => {
    expect(equalResults(one, other)).toBe(false);
    expect(equalResults(other, one)).toBe(false);
  });

  it.each(onlyText)("reads as text: %s", (text) => {
    expect(parseResult(text).kind).toBe("text");
    expect(equalResults(text, text)).toBe(true);
  });

  it("costs little whatever is written", () => {
    const hostile = [
      String.raw`9^{9^{9^{9^9}}}`,
      "9^".repeat(120) + "9",
      "300!".repeat(60),
      String.raw`\sqrt`.repeat(90) + "2",
      "e^".repeat(30) + "x",
      String.raw`\sqrt[12]{x}+`.repeat(35) + "1",
      String.raw`\exp(\sin(\ln(x)))+`.repeat(20) + "1",
      "1,".repeat(240),
      `x=${"9".repeat(490)}`,
      String.raw`\frac`.repeat(95),
      "{".repeat(490),
      "|".repeat(490),
      "1 or ".repeat(95) + "1",
      String.raw`\{`.repeat(100) + "1" + String.raw`\}`.repeat(100),
      "a1_".repeat(160),
      " ".repeat(400) + "1",
      "5 " + "a ".repeat(240),
      String.raw`1\text{}` + String.raw`  \text{}`.repeat(50) + "!",
    ];
    for (const one of hostile) for (const other of [...hostile, "1", "x+1"]) equalResults(one, other);
    // Three seconds here; without limits, the first one takes for ever.
    expect(equalResults(hostile[0] ?? "", "1")).toBe(false);
  }, 120_000);

  it("groups what is the same, the largest group first", () => {
    expect(groupResults(["23", "24", null, "24.0", String.raw`\frac{48}{2}`, "23"])).toEqual([
      [1, 3, 4],
      [0, 5],
    ]);
    expect(groupResults(["5", "5 cm", "5 m", "5 m"])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(groupResults([null, null])).toEqual([]);
  });
});
