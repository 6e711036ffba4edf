import { availableParallelism } from "node:os";
import type { Llama } from "node-llama-cpp";
import type { LoadParams } from "../contract/engineProtocol.ts";
import type { KvCacheType, LoadedFacts } from "../contract/models.ts";
import type { LlamaLog } from "./LlamaLog.ts";
import type { LoadedModel } from "./LoadedModel.ts";
import { forgetPeakMemory } from "./peakMemory.ts";
import { loadFailure } from "./loadFailure.ts";
import { readVocabulary } from "./prompt/readVocabulary.ts";

/** Lines of the log may arrive after the context that they are about. */
const lateLogMs = 200;

export interface LoadOutcome {
  loaded: LoadedModel;
  facts: LoadedFacts;
}

/**
 * Loads a model and its context. Resolves null when `signal` cancelled it; by then everything is freed.
 * Fails with a coded error whose detail holds llama.cpp's own words.
 */
export async function loadModel(
  llama: Llama,
  params: LoadParams,
  log: LlamaLog,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<LoadOutcome | null> {
  const startedAt = performance.now();
  let told = -1;
  log.clear();
  forgetPeakMemory();
  const { GgmlType, LlamaLogLevel } = await import("node-llama-cpp");
  try {
    const model = await llama.loadModel({
      modelPath: params.path,
      ...(params.memoryMapped === null ? {} : { useMmap: params.memoryMapped }),
      gpuLayers: params.gpuLayers === "auto" ? { fitContext: { contextSize: params.contextSize } } : params.gpuLayers,
      // The workbench has done its own sums, with the person's limits; on a GPU the library knows more.
      ignoreMemorySafetyChecks: llama.gpu === false,
      loadSignal: signal,
      onLoadProgress: (fraction) => {
        if (fraction - told < 0.01 && fraction < 1) return;
        told = fraction;
        onProgress(fraction);
      },
    });
    try {
      const { threads } = params;
      // The context would take more than a reply uses, so that measuring may try them; the limit is what counts.
      const mostThreads = Math.max(threads, availableParallelism());
      llama.maxThreads = mostThreads;
      const cacheType = (params.kvCacheType ?? "f16").toUpperCase() as Uppercase<KvCacheType>;
      // Whether flash attention is used is said at this level alone.
      llama.logLevel = LlamaLogLevel.info;
      const context = await model.createContext({
        contextSize: params.contextSize,
        batchSize: params.batchSize,
        sequences: 1,
        threads: { ideal: mostThreads, min: 1 },
        ignoreMemorySafetyChecks: llama.gpu === false,
        // A smaller context than asked for would be a surprise later.
        failedCreationRemedy: false,
        createSignal: signal,
        ...(params.flashAttention === null ? {} : { flashAttention: params.flashAttention }),
        experimentalKvCacheKeyType: cacheType,
        experimentalKvCacheValueType: cacheType,
      });
      llama.maxThreads = threads;
      const loadMs = Math.round(performance.now() - startedAt);
      signal.throwIfAborted();
      const loaded = { params, model, context, sequence: context.getSequence(), vocabulary: readVocabulary(model) };
      const facts: LoadedFacts = {
        contextSize: context.contextSize,
        batchSize: context.batchSize,
        threads,
        gpuLayers: model.gpuLayers,
        layers: model.fileInsights.totalLayers,
        flashAttention:
          context.flashAttention === "auto" ? await log.flashAttention(lateLogMs) : context.flashAttention,
        kvCacheType: GgmlType[context.kvCacheKeyType]?.toLowerCase() as KvCacheType,
        memoryMapped: model.useMmap,
        description: model.typeDescription,
        weightsBytes: model.size,
        loadMs,
      };
      return { loaded, facts };
    } catch (error) {
      await model.dispose();
      throw error;
    } finally {
      llama.logLevel = LlamaLogLevel.warn;
    }
  } catch (error) {
    if (signal.aborted) return null;
    throw loadFailure(error, log.text());
  }
}
