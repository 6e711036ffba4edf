import type { BenchmarkResult, BenchmarkSpeed } from "../../contract/benchmark.ts";
import { speedIn, speedRatio } from "./compareResults.ts";
import { conditionDifferences } from "./conditionDifferences.ts";

/** Less is no news, however steady both runs were. */
const leastChange = 0.02;

/**
 * The newest result beside the one before it of the same file on comparable terms: "12 % slower than on 3 September
 * with the same settings." Generation comes first; reading is named when it changed clearly. Null: no such two.
 */
export function recheckSentence(newestFirst: readonly BenchmarkResult[], now: number = Date.now()): string | null {
  const [newest, ...earlier] = newestFirst;
  if (newest === undefined) return null;
  for (const before of earlier) {
    const differences = conditionDifferences([before, newest]);
    if (differences.some(({ matters, condition }) => matters || condition === "model file")) continue;
    const writing = sharedSpeeds(before, newest, (test) => test.promptTokens === 0);
    const reading = sharedSpeeds(before, newest, (test) => test.generatedTokens === 0);
    const [main, second] = writing === null ? [reading, null] : [writing, reading];
    if (main === null) continue;
    const change = changeText(main) ?? "As fast as";
    const than = change === "As fast as" ? change : `${change} than`;
    const readingChange = second === null ? null : changeText(second);
    const addition = readingChange === null ? "" : ` Reading is ${readingChange}.`;
    return `${than} ${dayText(before.startedAt, now)} with the same settings.${addition}`;
  }
  return null;
}

/** Of the shallowest test of this kind that both have. */
function sharedSpeeds(
  before: BenchmarkResult,
  newest: BenchmarkResult,
  isKind: (test: BenchmarkResult["tests"][number]) => boolean,
): [BenchmarkSpeed, BenchmarkSpeed] | null {
  for (const test of newest.tests.filter(isKind).toSorted((one, other) => one.depth - other.depth)) {
    const speed = speedIn(before, test.name, test.depth);
    if (speed !== null) return [speed, test.tokensPerSecond];
  }
  return null;
}

function changeText([before, after]: [BenchmarkSpeed, BenchmarkSpeed]): string | null {
  const { value, change } = speedRatio(before, after);
  if (change === "unclear" || Math.abs(value - 1) < leastChange) return null;
  return `${Math.round(Math.abs(value - 1) * 100)} % ${change}`;
}

function dayText(at: number, now: number): string {
  const [day, today] = [new Date(at), new Date(now)];
  if (day.toDateString() === today.toDateString()) {
    return `today at ${day.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
  }
  const year = day.getFullYear() === today.getFullYear() ? {} : { year: "numeric" as const };
  return `on ${day.toLocaleDateString("en-GB", { day: "numeric", month: "long", ...year })}`;
}
