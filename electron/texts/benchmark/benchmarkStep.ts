import type { BenchmarkState } from "../../contract/benchmark.ts";
import type { Texts } from "../texts.ts";
import { testText } from "./testText.ts";

export type RunningState = Exclude<BenchmarkState, { state: "none" | "ended" }>;

/** Returns what a benchmark is doing now: "tg128: timed run 3 of 5". */
export function benchmarkStep({ say }: Pick<Texts, "say">, phase: RunningState): string {
  if (phase.state === "queued") return say("benchmark:running.queued");
  if (phase.state === "preparing") return say(`benchmark:running.${phase.step}`);
  const { tests, test, run, solve } = phase.progress;
  if (solve !== undefined) {
    const { asked, wanted } = solve;
    return say("benchmark:running.solving", { number: Math.min(asked + 1, wanted), wanted });
  }
  const now = tests[test];
  if (now === undefined) return say("benchmark:running.measuring");
  // After a stage's last run, the time to the first token is measured.
  if (run === 0 && now.samples.length > 0) return say("benchmark:running.firstToken");
  const name = testText({ say }, now);
  if (run === 0) return say("benchmark:running.warmingUp", { test: name });
  return say("benchmark:running.timedRun", { test: name, run, repeats: now.repeats });
}
