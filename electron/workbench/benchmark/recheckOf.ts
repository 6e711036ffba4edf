import type { BenchmarkConditions, BenchmarkRecheck, BenchmarkResult } from "../../contract/benchmark.ts";
import type { EngineInfo } from "../../contract/engine.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import { driverOf } from "./benchmarkConditions.ts";
import { recheckSentence } from "./recheckSentence.ts";

/** Whether the newest of a model's results on this machine still stands. `results`: newest first. */
export function recheckOf(
  results: readonly BenchmarkResult[],
  info: EngineInfo,
  profile: MachineProfile,
): BenchmarkRecheck {
  const [last] = results;
  if (last === undefined) return { lastResultId: null, changes: [], start: null, sentence: null };
  const { engine, settings, model } = last.conditions;
  return {
    lastResultId: last.id,
    changes: changesSince(engine, info, driverOf(profile)),
    start: {
      modelId: model.id,
      plan: { kind: "quick" },
      settings: {
        threads: settings.threads,
        batchSize: settings.batchSize,
        // On the processor alone there is nothing to choose.
        gpuLayers: engine.backend === "cpu" ? null : settings.gpuLayers,
        flashAttention: settings.flashAttention,
        kvCacheType: settings.kvCacheType,
        memoryMapped: settings.memoryMapped,
      },
    },
    sentence: recheckSentence(results),
  };
}

function changesSince(then: BenchmarkConditions["engine"], now: EngineInfo, driver: string | null): string[] {
  const parts: [string, string, string][] = [
    ["llama.cpp", then.llamaRelease, now.llamaRelease],
    ["node-llama-cpp", then.libraryVersion, now.libraryVersion],
    ["The backend", then.backend, now.backend],
    ["The graphics driver", then.driver ?? "none", driver ?? "none"],
  ];
  return parts.flatMap(([name, was, is]) => (was === is ? [] : [`${name} was ${was} and is ${is}.`]));
}
