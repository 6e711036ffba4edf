import type { BenchmarkConditions, BenchmarkResult } from "../../contract/benchmark.ts";
import type { BenchmarkRecheck, RecheckChange } from "../../contract/benchmarkComparison.ts";
import type { EngineInfo } from "../../contract/engine.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import { driverOf } from "./benchmarkConditions.ts";
import { recheckVerdict } from "./recheckVerdict.ts";

/** Returns whether a model's newest result on this machine is still valid. `results` is sorted newest first. */
export function recheckOf(
  results: readonly BenchmarkResult[],
  info: EngineInfo,
  profile: MachineProfile,
): BenchmarkRecheck {
  const [last] = results;
  if (last === undefined) return { lastResultId: null, changes: [], start: null, verdict: null };
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
        // There is nothing to choose on the CPU.
        gpuLayers: engine.backend === "cpu" ? null : settings.gpuLayers,
        flashAttention: settings.flashAttention,
        kvCacheType: settings.kvCacheType,
        memoryMapped: settings.memoryMapped,
        largePages: settings.largePages,
      },
    },
    verdict: recheckVerdict(results),
  };
}

function changesSince(then: BenchmarkConditions["engine"], now: EngineInfo, driver: string | null): RecheckChange[] {
  const parts: RecheckChange[] = [
    { part: "llama", was: then.llamaRelease, is: now.llamaRelease },
    { part: "library", was: then.libraryVersion, is: now.libraryVersion },
    { part: "backend", was: then.backend, is: now.backend },
    { part: "driver", was: then.driver, is: driver },
  ];
  return parts.filter(({ was, is }) => was !== is);
}
