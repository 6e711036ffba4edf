import type { BenchmarkResult } from "../../contract/benchmark.ts";
import type { ComparedCondition, HistoryChange } from "../../contract/benchmarkComparison.ts";
import { conditionDifferences } from "./conditionDifferences.ts";
import { speedChanges } from "./speedChanges.ts";

/** They explain a change of speed instead of ruling out the comparison. */
const circumstances: readonly ComparedCondition[] = ["powerSource", "powerMode", "throttled"];

/** Returns how each result compares with the one before it, of the same model and plan on the same machine. */
export function historyChanges(newestFirst: readonly BenchmarkResult[]): HistoryChange[] {
  /** The newest result so far of each model, plan and machine. */
  const latest = new Map<string, BenchmarkResult>();
  return newestFirst.toReversed().flatMap((result) => {
    const { plan, conditions } = result;
    const key = JSON.stringify([conditions.model.id, plan, conditions.machine.id]);
    const before = latest.get(key);
    latest.set(key, result);
    return before === undefined ? [] : [changeBetween(before, result)];
  });
}

function changeBetween(before: BenchmarkResult, after: BenchmarkResult): HistoryChange {
  const differing = conditionDifferences([before, after])
    .filter(({ matters, condition }) => condition === "modelFile" || (matters && !circumstances.includes(condition)))
    .map(({ condition }) => condition);
  const changes = differing.length > 0 ? { writing: null, reading: null } : speedChanges(before, after);
  return { resultId: after.id, differing, ...changes };
}
