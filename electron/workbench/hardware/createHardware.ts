import { arch, cpus, release } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { backends, type EngineInfo, type EngineState, unusableBackend } from "../../contract/engine.ts";
import {
  type HardwareReport,
  type MachineProfile,
  type MeasurementNoise,
  type MeasurementProblem,
  measurementProblems,
} from "../../contract/hardware.ts";
import type { LoadState } from "../../contract/models.ts";
import type { EnginePaths } from "../engine/EnginePaths.ts";
import { probeBackends } from "../engine/probeBackends.ts";
import { availableMemory } from "../models/availableMemory.ts";
import { diskSpace } from "../models/diskSpace.ts";
import { atMost } from "../atMost.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { backendFacts } from "./backendFacts.ts";
import { bootMark } from "./bootMark.ts";
import { defaultThreads } from "./defaultThreads.ts";
import { engineCores } from "./engineCores.ts";
import { gpuFacts } from "./gpuFacts.ts";
import { throttleCount } from "./linuxThermal.ts";
import { measureDiskReads } from "./measureDiskReads.ts";
import { measureMemoryReads } from "./measureMemoryReads.ts";
import { NotMeasured } from "./NotMeasured.ts";
import { personalNames } from "./personalNames.ts";
import { readNvidiaDriver } from "./readNvidiaDriver.ts";
import { readSystemFacts } from "./readSystemFacts.ts";
import { systemFiles } from "./systemFiles.ts";
import { usableCores } from "./usableCores.ts";
import { withoutPersonal } from "./withoutPersonal.ts";

export interface HardwareOptions {
  home: string;
  modelsFolder: string;
  engine: { readonly state: EngineState; start(): Promise<EngineInfo> };
  enginePaths: EnginePaths;
  /** Resolves with whether the app has CUDA: in its package, or as an installed component. Left out: it has. */
  hasCuda?: () => Promise<boolean>;
  /** The built `memoryReads.js`. */
  memoryReads: string;
  /** Resolves with the path of the largest usable model, or null if there is none. */
  largestModel: () => Promise<string | null>;
  loadedModel: () => LoadState;
  /** For tests: another disk. */
  measureDisk?: (path: string) => Promise<number>;
  /** For tests: another load of other programs, in cores. */
  watchLoad?: (ms: number) => Promise<number>;
  /** For tests: other limits on the cores. */
  coresOf?: typeof usableCores;
}

/** The facts about this machine, and how fast it reads. */
export interface HardwareOwner {
  /**
   * Resolves with the profile. Calls run one at a time. Speeds are measured once per start of the machine, unless
   * `measureAgain`.
   */
  profile(measureAgain: boolean): Promise<MachineProfile>;
  /** The same in well under a second: measures nothing, probes no backend again, and does not start the engine. */
  asKnown(): Promise<MachineProfile>;
  /**
   * Resolves with how often the CPU has throttled because of heat since the machine started. Null if it is not
   * reported.
   */
  throttleCount(): Promise<number | null>;
  /** The same for a bug report, without personal data. */
  report(measureAgain: boolean): Promise<HardwareReport>;
}

const noiseSchema: z.ZodType<MeasurementNoise> = z.discriminatedUnion("code", [
  z.object({ code: z.literal("otherLoad"), facts: z.object({ count: z.number() }) }),
  z.object({ code: z.literal("spread"), facts: z.object({ fraction: z.number() }) }),
]);
const speedsSchema = z.object({
  boot: z.string(),
  /** Number of threads that read the memory at the same time. */
  threads: z.number(),
  memory: z.number().nullable(),
  memoryProblem: z.enum(measurementProblems).nullable(),
  memoryNoise: noiseSchema.nullable(),
  measuredAt: z.number(),
  disk: z.number().nullable(),
  diskProblem: z.enum(measurementProblems).nullable(),
});
type Speeds = z.infer<typeof speedsSchema>;

export function createHardware(options: HardwareOptions): HardwareOwner {
  const { home, engine, measureDisk = measureDiskReads, coresOf = usableCores } = options;
  const file = join(home, "machine-speeds.json");
  /** In milliseconds. A disturbed figure is measured again, but not at every request within this time. */
  const keepNoisyMs = 10 * 60_000;
  const files = systemFiles();
  const inTurn = atMost(1);

  function runningEngine(): EngineInfo | null {
    const { state } = engine;
    return "info" in state ? state.info : null;
  }

  async function readProfile(measuring: "never" | "once" | "again"): Promise<MachineProfile> {
    const [system, cores, memory, disk, info, nvidia] = await Promise.all([
      readSystemFacts(),
      coresOf(),
      availableMemory(),
      diskSpace(options.modelsFolder),
      // An engine that cannot start is a result, too.
      measuring === "never" ? runningEngine() : engine.start().catch(() => null),
      readNvidiaDriver(),
    ]);
    const logicalCores = system.logicalCores ?? cpus().length;
    const physicalCores = system.physicalCores ?? logicalCores;
    let probes = info?.probes ?? backends.map((backend) => unusableBackend(backend, { code: "notTried" }));
    // Cached probes may be a day old, and a card's free memory changes.
    if (measuring !== "never" && probes.some(({ backend, usable }) => usable && backend !== "cpu"))
      probes = await probeBackends(options.enginePaths);
    const hasCuda = (await options.hasCuda?.()) ?? true;
    const speeds = await readSpeeds(measuring, {
      ...options.enginePaths,
      entry: options.memoryReads,
      threads: cores.physical,
      lastLevelCacheBytes: system.lastLevelCacheBytes,
      freeBytes: memory.freeBytes,
      watchLoad: options.watchLoad,
    });
    return {
      os: { platform: process.platform, name: system.osName, release: release(), architecture: arch() },
      cpu: {
        model: system.cpuModel ?? cpus()[0]?.model.trim() ?? "unknown",
        physicalCores,
        logicalCores,
        usableCores: cores.logical,
        defaultThreads: info === null ? cores.physical : defaultThreads(await engineCores(engine, coresOf), info),
        features: info?.cpuFeatures ?? system.cpuFeatures,
      },
      memory: {
        ...memory,
        bandwidthBytesPerSecond: speeds.memory,
        bandwidthProblem: speeds.memoryProblem,
        bandwidthNoise: speeds.memoryNoise,
      },
      gpus: gpuFacts(probes, nvidia?.smi ?? null, nvidia?.version ?? null),
      backends: probes.map((probe) => backendFacts(probe, { hasNvidia: nvidia !== null, hasCuda })),
      disk: {
        freeBytes: disk.freeBytes,
        totalBytes: disk.totalBytes,
        readBytesPerSecond: speeds.disk,
        readProblem: speeds.diskProblem,
      },
      power: system.power,
      thermal: system.thermal,
    };
  }

  async function readSpeeds(
    measuring: "never" | "once" | "again",
    reads: Parameters<typeof measureMemoryReads>[0],
  ): Promise<Speeds> {
    const boot = await bootMark(files);
    const kept = measuring === "again" ? null : await keptSpeeds(boot, reads.threads);
    if (kept !== null) {
      // The first large model may have been added since, so that the disk can be measured now.
      const canTry = measuring === "once" && kept.disk === null && engine.state.state !== "busy";
      return canTry ? await keep({ ...kept, ...(await diskSpeed()) }) : kept;
    }
    const nothing = (why: MeasurementProblem): Speeds => ({
      boot,
      threads: reads.threads,
      memory: null,
      memoryProblem: why,
      memoryNoise: null,
      disk: null,
      diskProblem: why,
      measuredAt: Date.now(),
    });
    if (measuring === "never") return nothing("notYet");
    if (engine.state.state === "busy") return nothing("busy");
    // One after another, because each would slow the other down.
    const memory = await outcome(measureMemoryReads(reads));
    return await keep({
      boot,
      threads: reads.threads,
      memory: memory.value?.bytesPerSecond ?? null,
      memoryProblem: memory.why,
      memoryNoise: memory.value?.noise ?? null,
      measuredAt: Date.now(),
      ...(await diskSpeed()),
    });
  }

  async function diskSpeed(): Promise<Pick<Speeds, "disk" | "diskProblem">> {
    const path = await options.largestModel().catch(() => null);
    const measured = path === null ? Promise.reject(new NotMeasured("noModel")) : measureDisk(path);
    const { value, why } = await outcome(measured);
    return { disk: value, diskProblem: why };
  }

  /** Stores the speeds. If that fails, they are measured again. */
  async function keep(speeds: Speeds): Promise<Speeds> {
    if (speeds.memory !== null) await writeFileAtomic(file, JSON.stringify(speeds)).catch(() => undefined);
    return speeds;
  }

  async function keptSpeeds(boot: string, threads: number): Promise<Speeds | null> {
    const kept = await readJsonOr(file, speedsSchema, 10_000, null);
    if (kept === null || kept.boot !== boot || kept.threads !== threads) return null;
    return kept.memoryNoise !== null && Date.now() - kept.measuredAt > keepNoisyMs ? null : kept;
  }

  const profile = (measureAgain: boolean): Promise<MachineProfile> =>
    inTurn(() => readProfile(measureAgain ? "again" : "once"));

  return {
    profile,
    asKnown: () => readProfile("never"),
    throttleCount: () => throttleCount(files),
    async report(measureAgain) {
      const loaded = options.loadedModel();
      // Uses llama.cpp's description, because the name of a user's own file does not belong in a bug report.
      const told = loaded.state === "ready" ? loaded.facts : null;
      return withoutPersonal(
        {
          profile: await profile(measureAgain),
          loaded: told && { description: told.description, layers: told.layers, gpuLayers: told.gpuLayers },
        },
        personalNames(home),
      );
    },
  };
}

async function outcome<Value>(
  measured: Promise<Value>,
): Promise<{ value: Value | null; why: MeasurementProblem | null }> {
  try {
    return { value: await measured, why: null };
  } catch (error) {
    return { value: null, why: error instanceof NotMeasured ? error.why : "unfinished" };
  }
}
