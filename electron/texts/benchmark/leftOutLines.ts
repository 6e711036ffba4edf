import type { LeftOutTest } from "../../contract/benchmark.ts";
import type { Texts } from "../texts.ts";
import { leftOutText } from "./leftOutText.ts";
import { testText } from "./testText.ts";

/** Returns which tests were left out and why, with one line for all that have the same reason. */
export function leftOutLines(texts: Texts, leftOut: readonly LeftOutTest[]): string[] {
  const lines = new Map<string, { reason: string; tests: string[] }>();
  for (const test of leftOut) {
    const { code, facts } = test.reason;
    const reason = leftOutText(texts, test.reason);
    const named = testText(texts, test);
    // These say how long this very test takes.
    const isItsOwn = code === "time" && facts.case !== "over";
    const key = isItsOwn ? `${named} ${reason}` : reason;
    lines.set(key, { reason, tests: [...(lines.get(key)?.tests ?? []), named] });
  }
  return [...lines.values()].map(({ reason, tests }) =>
    texts.say("benchmark:terminal.leftOut", { count: tests.length, tests: texts.figures.list(tests), reason }),
  );
}
