import { z } from "zod";
import { call } from "./call.ts";
import type { Backend, BackendReason } from "./engine.ts";

/** A graphics card, as the backend in use or its maker's driver describes it. Null: nobody tells. */
export interface GpuFacts {
  name: string;
  /** The backend that reaches it; null: a driver knows it, no backend can use it. */
  backend: Backend | null;
  totalBytes: number | null;
  freeBytes: number | null;
  driver: string | null;
}

/** What a person can do about a backend that cannot be used. */
export type BackendAdvice = "updateDriver" | "cudaEngine" | "cudaDriver" | "vulkanDriver" | "restart";

/** Why a speed was not measured. */
export const measurementProblems = [
  "notYet",
  "busy",
  "noModel",
  "modelTooSmall",
  "littleMemory",
  "unfinished",
  "noDirectReads",
  "system",
] as const;
export type MeasurementProblem = (typeof measurementProblems)[number];
/** The smallest file that tells how fast a disk is read. */
export const smallestFileToRead = 64 * 1024 ** 2;

/** What disturbed a measurement: other programs, in cores, or passes that differ. */
export type MeasurementNoise =
  | { code: "otherLoad"; facts: { count: number } }
  | { code: "spread"; facts: { fraction: number } };

export interface BackendFacts {
  name: Backend;
  usable: boolean;
  reason: BackendReason;
  /** Null: nothing can be done. */
  advice: BackendAdvice | null;
}

/** This machine, as models see it. Nothing in it names a person or a path. Null: the system does not tell. */
export interface MachineProfile {
  os: { platform: string; name: string; release: string; architecture: string };
  cpu: {
    model: string;
    physicalCores: number;
    logicalCores: number;
    /** Logical cores that this process may use: fewer under a control group or an affinity mask. */
    usableCores: number;
    /** The number of threads for a model unless the user chose one. */
    defaultThreads: number;
    /** The instruction sets that the engine uses, as llama.cpp names them. */
    features: string[];
  };
  memory: {
    totalBytes: number;
    freeBytes: number;
    /** Measured: sequential reads on all physical cores at once that this process may use. */
    bandwidthBytesPerSecond: number | null;
    /** Why it was not measured; null: it was. */
    bandwidthProblem: MeasurementProblem | null;
    /** What disturbed the measurement; null: nothing that could be seen. A disturbed one is made again after a while. */
    bandwidthNoise: MeasurementNoise | null;
  };
  gpus: GpuFacts[];
  backends: BackendFacts[];
  /** The disk of the models folder. */
  disk: {
    freeBytes: number;
    totalBytes: number;
    /** Measured on the largest model, past the system's file cache. */
    readBytesPerSecond: number | null;
    readProblem: MeasurementProblem | null;
  };
  power: { source: "mains" | "battery" | "unknown"; batteryPercent: number | null; mode: string | null };
  thermal: { throttled: boolean | null; celsius: number | null };
}

/** The profile for a bug report, and where the loaded model's layers run: no user name, host name or path in it. */
export interface HardwareReport {
  profile: MachineProfile;
  loaded: { description: string; layers: number; gpuLayers: number } | null;
}

const speedsInput = z.object({ measureAgain: z.boolean().default(false) });

export const hardwareCalls = {
  /** Measures where nothing measured since the machine's start is kept: at most about 8 s. Not during a reply. */
  "hardware.profile": call<MachineProfile>()(speedsInput),
  "hardware.report": call<HardwareReport>()(speedsInput),
};
