import type { BenchmarkTest } from "../../../electron/contract/benchmark.ts";

export interface CustomFields {
  /** Lengths separated by commas or spaces, as for llama-bench's -p, -n and -d. Empty: none, or 0 for depths. */
  reading: string;
  writing: string;
  depths: string;
}

export const longestTest = 1_048_576;
export const mostTests = 100;

/** Why the lengths cannot be measured. */
export type LengthProblem = { kind: "wrongLength" } | { kind: "noLength" } | { kind: "tooManyTests"; tests: number };

/** Returns every length at every depth in llama-bench's order: for each depth, reading before writing. */
export function customTests(fields: CustomFields): { tests: BenchmarkTest[] } | { problem: LengthProblem } {
  const [reading, writing, depths] = [fields.reading, fields.writing, fields.depths].map(lengthsIn);
  if (!reading || !writing || !depths) return { problem: { kind: "wrongLength" } };
  const tests = (depths.length === 0 ? [0] : depths).flatMap((depth) => [
    ...reading.filter((length) => length > 0).map((promptTokens) => ({ promptTokens, generatedTokens: 0, depth })),
    ...writing.filter((length) => length > 0).map((generatedTokens) => ({ promptTokens: 0, generatedTokens, depth })),
  ]);
  if (tests.length === 0) return { problem: { kind: "noLength" } };
  if (tests.length > mostTests) return { problem: { kind: "tooManyTests", tests: tests.length } };
  return { tests };
}

/** Returns each length once, or null if the text contains anything else. */
function lengthsIn(text: string): number[] | null {
  const words = text.split(/[\s,;，、；]+/).filter((word) => word !== "");
  if (words.some((word) => !/^\d{1,7}$/.test(word) || Number(word) > longestTest)) return null;
  return [...new Set(words.map(Number))];
}
