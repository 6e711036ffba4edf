import type { BenchmarkSpeed } from "../../contract/benchmark.ts";
import type { SpeedChange } from "../../contract/benchmarkComparison.ts";
import type { ServerBenchmarkResult, ServerHistoryChange } from "../../contract/serverBenchmark.ts";
import { speedChange } from "../benchmark/speedChanges.ts";

/**
 * Returns how each complete result compares with the one before it of the same server, model and plan, counted in the same
 * way. Of one that was stopped or failed, a single reply may be all there is.
 */
export function serverHistoryChanges(newestFirst: readonly ServerBenchmarkResult[]): ServerHistoryChange[] {
  const latest = new Map<string, ServerBenchmarkResult>();
  const complete = newestFirst.toReversed().filter(({ ending }) => ending === "complete");
  return complete.flatMap((result) => {
    const { server, model, plan, runs } = result;
    const counts = [...new Set(runs.map((run) => run.counts))].toSorted();
    const key = JSON.stringify([server.id, server.host, model.id, Object.values(plan), counts]);
    const before = latest.get(key);
    latest.set(key, result);
    return before === undefined ? [] : [changeBetween(before, result)];
  });
}

function changeBetween(before: ServerBenchmarkResult, after: ServerBenchmarkResult): ServerHistoryChange {
  const { writing } = before;
  return {
    resultId: after.id,
    since: before.startedAt,
    writing: writing === null || after.writing === null ? null : speedChange(writing, after.writing),
    firstToken: timeChange(before.ttft, after.ttft),
  };
}

/** A shorter time is the faster one. */
function timeChange(before: BenchmarkSpeed, after: BenchmarkSpeed): SpeedChange {
  const { change, ratio } = speedChange(before, after);
  return { change: change === "faster" ? "slower" : change === "slower" ? "faster" : "same", ratio };
}
