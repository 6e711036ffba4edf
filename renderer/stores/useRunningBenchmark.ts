import type { BenchmarkState } from "../../electron/contract/benchmark.ts";
import { useBenchmark } from "./useStores.ts";

export type RunningBenchmark = Extract<BenchmarkState, { state: "queued" | "preparing" | "measuring" }>;

/** Returns the running benchmark, or null. */
export function useRunningBenchmark(): RunningBenchmark | null {
  return useBenchmark(({ phase }) =>
    phase === null || phase.state === "none" || phase.state === "ended" ? null : phase,
  );
}
