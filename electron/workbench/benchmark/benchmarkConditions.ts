import { createHash } from "node:crypto";
import type { BenchmarkConditions } from "../../contract/benchmark.ts";
import type { EngineInfo } from "../../contract/engine.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { LoadedFacts, Model } from "../../contract/models.ts";
import type { HashedFile } from "./ModelHashes.ts";

export interface ConditionSources {
  appVersion: string;
  info: EngineInfo;
  /** The settings in effect. */
  facts: LoadedFacts;
  model: Model;
  files: HashedFile[];
  /** Taken before the first run. */
  profile: MachineProfile;
  seed: number;
}

export function benchmarkConditions(sources: ConditionSources): BenchmarkConditions {
  const { appVersion, info, facts, model, files, profile, seed } = sources;
  const { os, cpu, memory, gpus } = profile;
  return {
    appVersion,
    engine: {
      llamaRelease: info.llamaRelease,
      libraryVersion: info.libraryVersion,
      backend: info.backend,
      devices: info.probes.find(({ backend }) => backend === info.backend)?.devices ?? [],
      driver: driverOf(profile),
    },
    settings: {
      threads: facts.threads,
      batchSize: facts.batchSize,
      microBatchSize: facts.batchSize,
      flashAttention: facts.flashAttention,
      kvCacheType: facts.kvCacheType,
      memoryMapped: facts.memoryMapped,
      largePages: facts.largePages,
      gpuLayers: facts.gpuLayers,
      layers: facts.layers,
      contextSize: facts.contextSize,
      seed,
    },
    model: {
      id: model.id,
      name: model.name,
      description: facts.description,
      architecture: model.architecture,
      quantization: model.quantization,
      parameters: model.parameters,
      weightsBytes: facts.weightsBytes,
      files,
    },
    machine: {
      id: machineId(profile),
      cpuModel: cpu.model,
      physicalCores: cpu.physicalCores,
      usableCores: cpu.usableCores,
      memoryBytes: memory.totalBytes,
      freeMemoryBytes: memory.freeBytes,
      gpus: gpus.map(({ name }) => name),
      os: { name: os.name, release: os.release, architecture: os.architecture },
    },
    power: profile.power,
    thermal: profile.thermal,
  };
}

/** Returns the driver of the first graphics card that reports one. */
export function driverOf({ gpus }: MachineProfile): string | null {
  return gpus.find(({ driver }) => driver !== null)?.driver ?? null;
}

/**
 * Returns an id derived from the hardware and from nothing that identifies the machine or its owner. Graphics cards are
 * not included: only a running engine knows them all, and they are among a result's conditions.
 */
export function machineId({ os, cpu, memory }: MachineProfile): string {
  const parts = [
    os.platform,
    os.architecture,
    cpu.model,
    cpu.physicalCores,
    cpu.logicalCores,
    // The amount that firmware reserves changes between starts.
    Math.round(memory.totalBytes / 1e9),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}
