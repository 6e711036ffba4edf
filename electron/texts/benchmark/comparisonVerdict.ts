import type { BenchmarkComparison } from "../../contract/benchmarkComparison.ts";
import type { Texts } from "../texts.ts";
import { conditionText } from "./conditionText.ts";

type Words = Pick<Texts, "say" | "figures">;

/** Returns whether results can be compared, with the conditions that differ; if any of them matter, only those. */
export function comparisonVerdict(words: Words, { comparable, differences }: BenchmarkComparison): string {
  const { say, figures } = words;
  if (differences.length === 0) return say("benchmark:comparison.same");
  const named = differences
    .filter(({ matters }) => comparable || matters)
    .map((difference) => {
      const { name, values } = conditionText(words, difference);
      return say("benchmark:comparison.difference", { condition: name, values: figures.list([...new Set(values)]) });
    });
  const key = comparable ? "benchmark:comparison.comparable" : "benchmark:comparison.incomparable";
  return say(key, { differences: figures.list(named) });
}
