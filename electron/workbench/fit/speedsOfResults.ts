import type { BenchmarkResult } from "../../contract/benchmark.ts";
import type { Backend, EngineInfo } from "../../contract/engine.ts";
import type { Model } from "../../contract/models.ts";
import type { NoiseReason } from "../../contract/noise.ts";
import { spreadOf } from "../benchmark/speedOf.ts";
import type { Measurement } from "./machineSpeeds.ts";
import type { ReplySettings } from "./replySettings.ts";

/** The error of a figure whose runs all agreed: the next benchmark will still differ a little. */
const leastError = 0.03;
/** How much flash attention, the mapping of the file and large pages change a speed at most (docs/decode-speed.md). */
const otherSettingsError = 0.13;

/**
 * Returns what benchmarks show about this machine with the current engine: undisturbed tests that only read or only
 * generate, of existing models. Other tests measure something that a prediction does not predict. Where the settings
 * were not those of replies, the error is larger.
 */
export function speedsOfResults(
  { machineId, results }: { machineId: string; results: readonly BenchmarkResult[] },
  models: readonly Model[],
  engine: Pick<EngineInfo, "llamaRelease">,
  settingsOf: (modelId: string, backend: Backend) => ReplySettings | null,
): Measurement[] {
  return results.flatMap(({ conditions, noise, tests }) => {
    const sizeBytes = conditions.model.files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const model = models.find((one) => one.id === conditions.model.id && one.sizeBytes === sizeBytes);
    const { llamaRelease, backend } = conditions.engine;
    const { threads, kvCacheType, gpuLayers, flashAttention, memoryMapped, largePages } = conditions.settings;
    // A card that was given no layers was not measured.
    const sameEngine = llamaRelease === engine.llamaRelease && (backend === "cpu" || gpuLayers > 0);
    const inReplies = model === undefined ? null : settingsOf(model.id, backend);
    const sameCache = kvCacheType === inReplies?.kvCacheType;
    const asPredicted = sameEngine && (sameCache || kvCacheType === "f16") && conditions.machine.id === machineId;
    const asInReplies =
      sameCache &&
      // What was not reported is what this release of llama.cpp chooses.
      (flashAttention ?? true) === inReplies.flashAttention &&
      (inReplies.memoryMapped ?? memoryMapped) === memoryMapped &&
      inReplies.largePages === largePages;
    // A test whose runs differ is weighted by their spread.
    const isDisturbed = noise.reasons.some((reason) => kindOf(reason) !== "spread");
    if (model === undefined || !asPredicted || isDisturbed) return [];
    return tests.flatMap(({ promptTokens, generatedTokens, depth, tokensPerSecond }): Measurement[] => {
      if (promptTokens > 0 && generatedTokens > 0) return [];
      const kind = promptTokens > 0 ? "reading" : "generation";
      const spread = Math.max(leastError, spreadOf(tokensPerSecond));
      const error = asInReplies ? spread : Math.hypot(spread, otherSettingsError);
      const speed = tokensPerSecond.median;
      return [{ modelId: model.id, backend, kind, threads, depth, tokensPerSecond: speed, error, asInReplies }];
    });
  });
}

const kindOf = ({ code, facts }: NoiseReason): string => (code === "told-earlier" ? facts.about : code);
