import type { benchmarkCalls } from "../../contract/benchmark.ts";
import type { Handlers } from "../../contract/calls.ts";
import { compareResults } from "./compareResults.ts";
import type { BenchmarkOwner } from "./createBenchmark.ts";
import { exportResults } from "./exportResults.ts";

/** Answers the `benchmark.*` calls. */
export function benchmarkHandlers(benchmark: BenchmarkOwner): Handlers<typeof benchmarkCalls> {
  return {
    "benchmark.start": (start) => benchmark.start(start),
    "benchmark.stop": () => benchmark.stop(),
    "benchmark.state": () => benchmark.state,
    "benchmark.history": ({ modelId }) => benchmark.history(modelId),
    "benchmark.remove": async ({ resultIds }) => {
      await benchmark.remove(resultIds);
      return null;
    },
    "benchmark.compare": async ({ resultIds }) => compareResults(await benchmark.results(resultIds)),
    "benchmark.export": async ({ resultIds, format }) => {
      const text = exportResults(await benchmark.results(resultIds), format);
      return { fileName: `benchmark-${new Date().toISOString().slice(0, 10)}.${format}`, text };
    },
    "benchmark.recheck": ({ modelId }) => benchmark.recheck(modelId),
  };
}
