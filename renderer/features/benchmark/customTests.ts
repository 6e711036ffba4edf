import type { BenchmarkTest } from "../../../electron/contract/benchmark.ts";
import type { BenchmarkChoices } from "../../stores/benchmark.ts";

export const longestTest = 1_048_576;
export const mostTests = 100;
export const mostRepeats = 1000;

/** Why the custom plan cannot be measured. */
export type PlanProblem =
  | { kind: "wrongLength" }
  | { kind: "noLength" }
  | { kind: "tooManyTests"; tests: number }
  | { kind: "wrongRepeats" };

/**
 * Returns every length at every depth in llama-bench's order: for each depth, reading before writing. Lengths are
 * separated by commas or spaces, as for its -p, -n and -d; no depth stands for 0.
 */
export function customTests(
  fields: BenchmarkChoices["fields"],
): { tests: BenchmarkTest[]; repeats: number } | { problem: PlanProblem } {
  const [reading, writing, depths] = [fields.reading, fields.writing, fields.depths].map(lengthsIn);
  if (!reading || !writing || !depths) return { problem: { kind: "wrongLength" } };
  const tests = (depths.length === 0 ? [0] : depths).flatMap((depth) => [
    ...reading.filter((length) => length > 0).map((promptTokens) => ({ promptTokens, generatedTokens: 0, depth })),
    ...writing.filter((length) => length > 0).map((generatedTokens) => ({ promptTokens: 0, generatedTokens, depth })),
  ]);
  if (tests.length === 0) return { problem: { kind: "noLength" } };
  if (tests.length > mostTests) return { problem: { kind: "tooManyTests", tests: tests.length } };
  const repeats = Number(fields.repeats);
  if (!/^\d+$/.test(fields.repeats.trim()) || repeats < 1 || repeats > mostRepeats)
    return { problem: { kind: "wrongRepeats" } };
  return { tests, repeats };
}

/** Returns each length once, or null if the text contains anything else. */
function lengthsIn(text: string): number[] | null {
  const words = text.split(/[\s,;，、；]+/).filter((word) => word !== "");
  if (words.some((word) => !/^\d{1,7}$/.test(word) || Number(word) > longestTest)) return null;
  return [...new Set(words.map(Number))];
}
