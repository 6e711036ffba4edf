import { z } from "zod";
import { type BenchmarkResult, benchmarkResultSchema } from "../../contract/benchmark.ts";
import type { ResultFormat } from "./BenchmarkHistory.ts";
import { earlierResultSchema } from "./earlierResult.ts";

const version = 2;

/** How the results of this machine's models are stored. */
export const resultFormat: ResultFormat<BenchmarkResult> = {
  version,
  file: z.discriminatedUnion("version", [
    z.object({ version: z.literal(version), result: benchmarkResultSchema }),
    z.object({ version: z.literal(1), result: earlierResultSchema }),
  ]),
};
