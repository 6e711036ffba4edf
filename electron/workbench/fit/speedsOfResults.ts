import type { BenchmarkResult } from "../../contract/benchmark.ts";
import type { EngineInfo } from "../../contract/engine.ts";
import type { Model } from "../../contract/models.ts";
import type { NoiseReason } from "../../contract/noise.ts";
import { spreadOf } from "../benchmark/speedOf.ts";
import type { Measurement } from "./machineSpeeds.ts";

/** The error of a figure whose runs all agreed: the next benchmark will still differ a little. */
const leastError = 0.03;

/**
 * Returns what benchmarks show about this machine with the current engine: undisturbed tests that only read or only
 * generate, of existing models that were run as in replies. Other tests measure something that a prediction does not
 * predict.
 */
export function speedsOfResults(
  { machineId, results }: { machineId: string; results: readonly BenchmarkResult[] },
  models: readonly Model[],
  engine: Pick<EngineInfo, "llamaRelease">,
): Measurement[] {
  return results.flatMap(({ conditions, noise, tests }) => {
    const sizeBytes = conditions.model.files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const model = models.find((one) => one.id === conditions.model.id && one.sizeBytes === sizeBytes);
    const { llamaRelease, backend } = conditions.engine;
    const { threads, kvCacheType, gpuLayers } = conditions.settings;
    // A card that was given no layers was not measured.
    const sameEngine = llamaRelease === engine.llamaRelease && (backend === "cpu" || gpuLayers > 0);
    const asPredicted = sameEngine && kvCacheType === "f16" && conditions.machine.id === machineId;
    // A test whose runs differ is weighted by their spread.
    const isDisturbed = noise.reasons.some((reason) => kindOf(reason) !== "spread");
    if (model === undefined || !asPredicted || isDisturbed) return [];
    return tests.flatMap(({ promptTokens, generatedTokens, depth, tokensPerSecond }): Measurement[] => {
      if (promptTokens > 0 && generatedTokens > 0) return [];
      const kind = promptTokens > 0 ? "reading" : "generation";
      const error = Math.max(leastError, spreadOf(tokensPerSecond));
      return [{ modelId: model.id, backend, kind, threads, depth, tokensPerSecond: tokensPerSecond.median, error }];
    });
  });
}

const kindOf = ({ code, facts }: NoiseReason): string => (code === "told-earlier" ? facts.about : code);
