import { describe, expect, it } from "vitest";
import { solveLevels } from "../../../electron/contract/solve.ts";
import { compareResults } from "../../../electron/workbench/benchmark/compareResults.ts";
import { exportResults } from "../../../electron/workbench/benchmark/exportResults.ts";
import { solveFigures } from "../../../electron/workbench/benchmark/solveFigures.ts";
import { solveProblems } from "../../../electron/workbench/benchmark/solveProblems.ts";
import { equalResults } from "../../../electron/workbench/results/equalResults.ts";
import { parseResult } from "../../../electron/workbench/results/parseResult.ts";
import { benchmarkResult } from "../../support/benchmark/benchmarkResult.ts";

const problem = (right: boolean, tokens = 100, seconds = 2) =>
  ({ kind: "logic", level: "easy", right, tokens, seconds, cut: false }) as const;
const answers = (right: number, wrong: number) => [
  ...Array.from({ length: right }, () => problem(true)),
  ...Array.from({ length: wrong }, () => problem(false)),
];
const solved = (seconds: number, seed = 1) => {
  const problems = Array.from({ length: 20 }, (_, index) => problem(index !== 0, 100, seconds + index / 100));
  return { level: "easy" as const, seed, wanted: 20, ...solveFigures(problems), problems };
};

describe("problems to solve", () => {
  it.each([...solveLevels, "mixed"] as const)("are the same for a seed and others for another: %s", (level) => {
    const problems = solveProblems(level, 40, 7);
    expect(solveProblems(level, 40, 7)).toEqual(problems);
    expect(solveProblems(level, 12, 7)).toEqual(problems.slice(0, 12));
    expect(solveProblems(level, 40, 8)).not.toEqual(problems);
    expect(new Set(problems.map(({ kind }) => kind)).size).toBe(4);
  });

  it("have results that equal themselves and hardly ever each other", () => {
    for (const level of solveLevels)
      for (const { kind, question, result } of solveProblems(level, 80, 11)) {
        expect(result).not.toMatch(/undefined|NaN|Infinity/u);
        expect(question).not.toMatch(/undefined|NaN/u);
        expect(equalResults(result, ` ${result} `)).toBe(true);
        if (kind !== "logic") expect(parseResult(result).kind).toBe("value");
      }
  });

  it("have the results that one finds by hand", () => {
    const of = (level: "easy" | "medium" | "hard", words: string, seed: number) =>
      solveProblems(level, 40, seed).find(({ question }) => question.includes(words));
    const sum = of("easy", "×", 1);
    const [, a = 0, b = 0, c = 0] = /(\d+) × (\d+) \+ (\d+)/u.exec(sum?.question ?? "")?.map(Number) ?? [];
    expect(Number(sum?.result)).toBe(a * b + c);
    const power = of("hard", "remainder", 1);
    const [, base = 0, exponent = 0, modulus = 1] =
      /(\d+)\^(\d+) is divided by (\d+)/u.exec(power?.question ?? "")?.map(Number) ?? [];
    expect(BigInt(power?.result ?? 0)).toBe(BigInt(base) ** BigInt(exponent) % BigInt(modulus));
    const speed = of("medium", "train", 2);
    const [, kmh = 0] = /at (\d+) km/u.exec(speed?.question ?? "")?.map(Number) ?? [];
    expect(Number(speed?.result) * 3.6).toBeCloseTo(kmh);
  });
});

describe("figures of solved problems", () => {
  it("have Wilson's interval", () => {
    const { share } = solveFigures(answers(14, 6));
    expect(share.value).toBe(0.7);
    expect(share.low).toBeCloseTo(0.481, 3);
    expect(share.high).toBeCloseTo(0.8545, 3);
    expect(solveFigures(answers(0, 10)).share).toMatchObject({ value: 0, low: 0 });
    expect(solveFigures(answers(10, 0)).share.low).toBeCloseTo(0.7225, 3);
  });

  it("count wrong answers among the cost of right ones, and are uncertain even if all are right", () => {
    const { tokensPerRightAnswer: tokens, secondsPerRightAnswer: seconds } = solveFigures(answers(5, 5));
    expect(tokens?.value).toBe(200);
    expect(seconds?.value).toBe(4);
    expect(tokens?.low).toBeLessThan(150);
    expect(tokens?.high).toBeGreaterThan(300);
    const all = solveFigures(answers(10, 0)).tokensPerRightAnswer;
    expect(all).toMatchObject({ value: 100, low: 100 });
    expect(all?.high).toBeCloseTo(138.4, 1);
    expect(solveFigures(answers(0, 3))).toMatchObject({ tokensPerRightAnswer: null, secondsPerRightAnswer: null });
  });

  it("are compared if the problems were the same, and called different only if the intervals are apart", () => {
    const results = [solved(2), solved(2.01), solved(9), undefined].map((solve, index) =>
      benchmarkResult({ id: String(index), ...(solve === undefined ? {} : { solve }) }),
    );
    const { solve } = compareResults(results);
    expect(solve?.sameProblems).toBe(true);
    expect(solve?.results.map((result) => result && result.change)).toEqual([null, "unclear", "later", null]);
    expect(compareResults(results.slice(2)).solve).toBeNull();
    const others = [solved(2), solved(2, 5)].map((each) => benchmarkResult({ solve: each }));
    expect(compareResults(others).solve?.sameProblems).toBe(false);
  });

  it("are exported below llama-bench's table, and in JSON", () => {
    const result = benchmarkResult({ solve: solved(2) });
    expect(exportResults([result], "md")).toMatch(/\n.*: 19 of 20 problems right \(76 to 99 %\), 105 tokens/u);
    const [row] = JSON.parse(exportResults([result], "json")) as { solve: object }[];
    expect(row?.solve).toMatchObject({ asked: 20, right: 19 });
    expect(exportResults([benchmarkResult({})], "md")).not.toContain("problems right");
  });
});
