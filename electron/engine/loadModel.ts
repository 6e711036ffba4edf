import { availableParallelism } from "node:os";
import type { Llama } from "node-llama-cpp";
import type { LoadParams } from "../contract/engineProtocol.ts";
import type { KvCacheType, LoadedFacts, LoadProgress } from "../contract/models.ts";
import type { LlamaLog } from "./LlamaLog.ts";
import type { LoadedModel } from "./LoadedModel.ts";
import { largePages } from "./largePages.ts";
import { forgetPeakMemory } from "./peakMemory.ts";
import { loadFailure } from "./loadFailure.ts";
import { prepareDevice } from "./prepareDevice.ts";
import { readVocabulary } from "./prompt/readVocabulary.ts";
import { ReadingPace } from "./read/ReadingPace.ts";

/** In milliseconds. Log lines about a context may arrive after it was created. */
const lateLogMs = 200;

export interface LoadOutcome {
  loaded: LoadedModel;
  facts: LoadedFacts;
}

/**
 * Loads a model and its context. Resolves with null if `signal` cancelled it; everything is freed by then. Rejects with
 * a coded error whose detail has llama.cpp's own message.
 */
export async function loadModel(
  llama: Llama,
  params: LoadParams,
  log: LlamaLog,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
): Promise<LoadOutcome | null> {
  const startedAt = performance.now();
  let told = -1;
  log.clear();
  forgetPeakMemory();
  const { GgmlType, LlamaLogLevel } = await import("./llamaLibrary.ts");
  try {
    const model = await llama.loadModel({
      modelPath: params.path,
      ...(params.memoryMapped === null ? {} : { useMmap: params.memoryMapped }),
      gpuLayers: params.gpuLayers === "auto" ? { fitContext: { contextSize: params.contextSize } } : params.gpuLayers,
      // On the CPU, the workbench has checked the memory itself, with the user's limits. On a GPU the library knows
      // more.
      ignoreMemorySafetyChecks: llama.gpu === false,
      loadSignal: signal,
      onLoadProgress: (fraction) => {
        if (fraction - told < 0.01 && fraction < 1) return;
        told = fraction;
        onProgress({ fraction });
      },
    });
    try {
      const { threads } = params;
      // A context gets more threads than a reply uses, so that measurements can try them. The thread limit applies.
      const mostThreads = Math.max(threads, availableParallelism());
      llama.maxThreads = mostThreads;
      const cacheType = (params.kvCacheType ?? "f16").toUpperCase() as Uppercase<KvCacheType>;
      // llama.cpp logs whether it uses flash attention only at this level.
      llama.logLevel = LlamaLogLevel.info;
      const context = await model.createContext({
        contextSize: params.contextSize,
        batchSize: params.batchSize,
        sequences: 1,
        threads: { ideal: mostThreads, min: 1 },
        ignoreMemorySafetyChecks: llama.gpu === false,
        // Never fall back to a smaller context than requested, which would be noticed only later.
        failedCreationRemedy: false,
        createSignal: signal,
        ...(params.flashAttention === null ? {} : { flashAttention: params.flashAttention }),
        experimentalKvCacheKeyType: cacheType,
        experimentalKvCacheValueType: cacheType,
      });
      llama.maxThreads = threads;
      const loadMs = Math.round(performance.now() - startedAt);
      signal.throwIfAborted();
      const loaded = {
        params,
        model,
        context,
        sequence: context.getSequence(),
        vocabulary: readVocabulary(model),
        pace: new ReadingPace(),
      };
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
        largePages: largePages() ?? false,
        description: model.typeDescription,
        weightsBytes: model.size,
        loadMs,
      };
      if (llama.gpu !== false)
        await prepareDevice(loaded, signal, () => onProgress({ fraction: 1, isPreparing: true }));
      signal.throwIfAborted();
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
