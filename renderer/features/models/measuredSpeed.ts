import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import type { Model } from "../../../electron/contract/models.ts";

export interface MeasuredSpeed {
  tokensPerSecond: number;
  /** In ms since 1970. Null: not known. */
  at: number | null;
  by: "replies" | "benchmark";
}

/**
 * Returns how fast a model last wrote on this machine: in its replies or, if that was later, in a benchmark of this file
 * that began with an empty context. Null: it has not written here yet.
 *
 * @param results newest first
 */
export function measuredSpeed(
  model: Pick<Model, "id" | "sizeBytes" | "measuredTokensPerSecond" | "lastUsedAt">,
  results: readonly BenchmarkResult[],
  machineId: string,
): MeasuredSpeed | null {
  const { id, sizeBytes, measuredTokensPerSecond, lastUsedAt } = model;
  const replies: MeasuredSpeed | null =
    measuredTokensPerSecond === null
      ? null
      : { tokensPerSecond: measuredTokensPerSecond, at: lastUsedAt, by: "replies" };
  for (const { conditions, endedAt, tests } of results) {
    const { files, id: measuredId } = conditions.model;
    const isThisFile = measuredId === id && files.reduce((sum, file) => sum + file.sizeBytes, 0) === sizeBytes;
    const test = tests.find(
      ({ promptTokens, generatedTokens, depth }) => promptTokens === 0 && generatedTokens > 0 && depth === 0,
    );
    if (!isThisFile || conditions.machine.id !== machineId || test === undefined) continue;
    if (replies !== null && (replies.at ?? 0) >= endedAt) return replies;
    return { tokensPerSecond: test.tokensPerSecond.median, at: endedAt, by: "benchmark" };
  }
  return replies;
}
