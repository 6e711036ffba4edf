import { z } from "zod";
import { call } from "./call.ts";
import type { Backend, BackendReason } from "./engine.ts";

/** A graphics card, as reported by the backend in use or by its driver. Null if neither reports it. */
export interface GpuFacts {
  name: string;
  /** The backend that can use it. Null if only a driver reports it and no backend can use it. */
  backend: Backend | null;
  totalBytes: number | null;
  freeBytes: number | null;
  driver: string | null;
}

/** What the user can do about a backend that cannot be used. */
export type BackendAdvice = "updateDriver" | "cudaEngine" | "cudaRuntime" | "cudaDriver" | "vulkanDriver" | "restart";

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
/** The smallest file size, in bytes, with which disk reads can be measured. */
export const smallestFileToRead = 64 * 1024 ** 2;

/** What disturbed a measurement: other programs, in cores, or passes with different results. */
export type MeasurementNoise =
  | { code: "otherLoad"; facts: { count: number } }
  | { code: "spread"; facts: { fraction: number } };

export interface BackendFacts {
  name: Backend;
  usable: boolean;
  reason: BackendReason;
  /** Null if nothing can be done. */
  advice: BackendAdvice | null;
}

/**
 * The properties of this machine that matter to models. Contains no personal names and no paths. Null if the system
 * does not report a value.
 */
export interface MachineProfile {
  os: { platform: string; name: string; release: string; architecture: string };
  cpu: {
    model: string;
    physicalCores: number;
    logicalCores: number;
    /** Logical cores that this process may use. Fewer under a control group or an affinity mask. */
    usableCores: number;
    /** The number of threads for a model, unless the user chose one. */
    defaultThreads: number;
    /** The CPU instruction sets that the engine uses, as llama.cpp names them. */
    features: string[];
  };
  memory: {
    totalBytes: number;
    freeBytes: number;
    /** Measured with sequential reads on all physical cores that this process may use, at the same time. */
    bandwidthBytesPerSecond: number | null;
    /** Why it was not measured. Null if it was. */
    bandwidthProblem: MeasurementProblem | null;
    /**
     * What disturbed the measurement. Null if no disturbance was detected. A disturbed measurement is repeated later.
     */
    bandwidthNoise: MeasurementNoise | null;
  };
  gpus: GpuFacts[];
  backends: BackendFacts[];
  /** The disk that has the models folder. */
  disk: {
    freeBytes: number;
    totalBytes: number;
    /** Measured by reading the largest model, bypassing the system's file cache. */
    readBytesPerSecond: number | null;
    readProblem: MeasurementProblem | null;
  };
  power: { source: "mains" | "battery" | "unknown"; batteryPercent: number | null; mode: string | null };
  thermal: { throttled: boolean | null; celsius: number | null };
}

/**
 * The profile for a bug report, with the devices that the loaded model's layers run on. Contains no user name, host
 * name or path.
 */
export interface HardwareReport {
  profile: MachineProfile;
  loaded: { description: string; layers: number; gpuLayers: number } | null;
}

const speedsInput = z.object({ measureAgain: z.boolean().default(false) });

export const hardwareCalls = {
  /**
   * Measures what has not been measured since the machine started, which takes at most about 8 s. Does not measure
   * during a reply.
   */
  "hardware.profile": call<MachineProfile>()(speedsInput),
  "hardware.report": call<HardwareReport>()(speedsInput),
};
