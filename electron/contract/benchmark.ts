import { z } from "zod";
import { call } from "./call.ts";
import type { BenchmarkComparison, BenchmarkRecheck, HistoryChange } from "./benchmarkComparison.ts";
import { backends } from "./engine.ts";
import type { Problem } from "./errors.ts";
import { kvCacheTypes, loadSettingsSchema } from "./models.ts";
import { noiseReasonSchema } from "./noise.ts";
import { problemSchema } from "./problemSchema.ts";
import { type SolveProgress, solveResultSchema, solveWishSchema } from "./solve.ts";

const tokens = z.number().int().min(0).max(1_048_576);
const id = z.string().min(1).max(200);
const moment = z.number().nonnegative();
const minutes = z.number().min(0.1).max(600);

/** One test as llama-bench defines it: a prompt read, tokens generated, or both, on top of `depth` tokens. */
export const benchmarkTestSchema = z
  .object({ promptTokens: tokens, generatedTokens: tokens, depth: tokens.default(0) })
  .refine(({ promptTokens, generatedTokens }) => promptTokens + generatedTokens > 0, "A test needs tokens.");
export type BenchmarkTest = z.output<typeof benchmarkTestSchema>;

export const benchmarkPlanSchema = z.discriminatedUnion("kind", [
  /**
   * pp512 and tg128 at depths 0, 2048 and 8192, and the R1 case (1280 tokens read, then 3072 written, or a fraction of
   * both), with five runs each. Tests that would take longer than `minutes`, including loads and warm-ups, are left
   * out, with the reason.
   */
  z.object({ kind: z.literal("standard"), minutes: minutes.default(10) }),
  /**
   * pp512 and tg128 at depth 0 with two to five runs each. Takes 30 s, unless two runs need longer, and two minutes at
   * most.
   */
  z.object({ kind: z.literal("quick") }),
  /** `minutes` as for the standard plan. If it is left out, the tests take as long as they need. */
  z.object({
    kind: z.literal("custom"),
    tests: z.array(benchmarkTestSchema).min(1).max(100),
    repeats: z.number().int().min(1).max(1000).default(5),
    minutes: minutes.exactOptional(),
  }),
]);
export type BenchmarkPlan = z.output<typeof benchmarkPlanSchema>;

const startInput = z.object({
  /** Null stands for the default model. */
  modelId: id.nullable().default(null),
  plan: benchmarkPlanSchema,
  settings: loadSettingsSchema.prefault({}),
  /** Problems to solve after the tests, with the context of a reply. The plan's time limit does not hold for them. */
  solve: solveWishSchema.exactOptional(),
});
export type BenchmarkStart = z.output<typeof startInput>;

/** A figure over the timed runs, in tokens per second unless it says otherwise. The spread is the interquartile range. */
export const spreadSchema = z.object({
  median: z.number(),
  min: z.number(),
  max: z.number(),
  /** Interpolated between samples, as R and NumPy do by default. */
  lowerQuartile: z.number(),
  upperQuartile: z.number(),
  /** Of each timed run, in order. */
  samples: z.array(z.number()).min(1),
});
export type BenchmarkSpeed = z.output<typeof spreadSchema>;

const testResultSchema = z.object({
  /** As llama-bench writes it: "pp512", "tg128" or "pp1280+tg3072". */
  name: z.string(),
  depth: tokens,
  promptTokens: tokens,
  generatedTokens: tokens,
  startedAt: moment,
  tokensPerSecond: spreadSchema,
  /** Runs that do not count because the machine slept during them. */
  discarded: z.array(z.object({ tokensPerSecond: z.number(), reason: z.literal("slept") })),
  /** Number of processor cores that other programs kept busy. Null if the system does not report it. */
  otherLoadCores: z.number().nullable(),
});
export type BenchmarkTestResult = z.output<typeof testResultSchema>;

const seconds = z.number();
/** Why a test was not measured. The sentences are in `texts/*\/benchmark.json`, under `leftOut`. */
const leftOutReasonSchema = z.discriminatedUnion("code", [
  /** `most` is the model's own context size. */
  z.object({ code: z.literal("context"), facts: z.object({ most: tokens }) }),
  /** `context` is the context size that the test would have needed. */
  z.object({ code: z.literal("memory"), facts: z.object({ context: tokens }) }),
  z.object({
    code: z.literal("time"),
    facts: z.discriminatedUnion("case", [
      z.object({ case: z.literal("tooLong"), needed: seconds, left: seconds }),
      /** `spent` is the time after which the first timed run had still not ended. */
      z.object({ case: z.literal("unfinished"), spent: seconds }),
      z.object({ case: z.literal("over") }),
    ]),
  }),
  /** Stopped by the user, or because the benchmark failed. */
  z.object({ code: z.literal("stopped"), facts: z.object({ case: z.enum(["byPerson", "byFailure"]) }) }),
  /** An English sentence that an earlier version stored. */
  z.object({ code: z.literal("told-earlier"), facts: z.object({ sentence: z.string().max(5000) }) }),
]);
export type LeftOutReason = z.output<typeof leftOutReasonSchema>;

const leftOutSchema = z.object({ name: z.string(), depth: tokens, reason: leftOutReasonSchema });
/** A test of the plan that was not measured. */
export type LeftOutTest = z.output<typeof leftOutSchema>;

const noiseSchema = z.object({
  /** True if the disturbance is large enough to affect the figures. */
  noisy: z.boolean(),
  reasons: z.array(noiseReasonSchema),
  /** Over all timed runs. Null if the system does not report it. */
  otherLoadCores: z.number().nullable(),
  /** Processor time, in cores, that the host of a virtual machine took away. Null if the system does not report it. */
  stolenCores: z.number().nullable(),
});
export type BenchmarkNoise = z.output<typeof noiseSchema>;

const conditionsSchema = z.object({
  appVersion: z.string(),
  engine: z.object({
    /** The llama.cpp release that node-llama-cpp contains, and the version of node-llama-cpp itself. */
    llamaRelease: z.string(),
    libraryVersion: z.string(),
    backend: z.enum(backends),
    devices: z.array(z.string()),
    /** The graphics driver. Null if there is none or it is not reported. */
    driver: z.string().nullable(),
  }),
  /** The settings that took effect, as the engine reports them. */
  settings: z.object({
    threads: z.number(),
    batchSize: z.number(),
    microBatchSize: z.number(),
    /** Null if llama.cpp chose it and did not report its choice. */
    flashAttention: z.boolean().nullable(),
    kvCacheType: z.enum(kvCacheTypes),
    memoryMapped: z.boolean(),
    /** Earlier versions did not have the choice. */
    largePages: z.boolean().default(false),
    gpuLayers: z.number(),
    layers: z.number(),
    contextSize: z.number(),
    seed: z.number(),
  }),
  model: z.object({
    id: z.string(),
    name: z.string(),
    /** As llama.cpp describes it, such as "qwen2 1.5B Q4_K - Medium". */
    description: z.string(),
    architecture: z.string(),
    quantization: z.string(),
    parameters: z.number(),
    /** Size of the weights alone. */
    weightsBytes: z.number(),
    /** All parts of a split model. Folders are not stored. */
    files: z.array(z.object({ name: z.string(), sizeBytes: z.number(), sha256: z.string() })),
  }),
  machine: z.object({
    /** Stays the same as long as the processor and memory do. It does not identify a person. */
    id: z.string(),
    cpuModel: z.string(),
    physicalCores: z.number(),
    usableCores: z.number(),
    memoryBytes: z.number(),
    freeMemoryBytes: z.number(),
    gpus: z.array(z.string()),
    os: z.object({ name: z.string(), release: z.string(), architecture: z.string() }),
  }),
  power: z.object({
    source: z.enum(["mains", "battery", "unknown"]),
    batteryPercent: z.number().nullable(),
    mode: z.string().nullable(),
  }),
  /** Measured at the start. Null if the system does not report it. */
  thermal: z.object({ throttled: z.boolean().nullable(), celsius: z.number().nullable() }),
});
/** The conditions under which a result was measured. They contain no personal names and no folders. */
export type BenchmarkConditions = z.output<typeof conditionsSchema>;

/** The stored result of one benchmark. It has at least one timed run. */
export const benchmarkResultSchema = z.object({
  id,
  plan: z.enum(["standard", "quick", "custom"]),
  startedAt: moment,
  endedAt: moment,
  /** Measurements made before a stop, a crash of the engine or another failure are kept and are valid. */
  ending: z.enum(["complete", "stopped", "engine-died", "failed"]),
  /** Why the engine crashed or the benchmark failed. Null if neither happened. */
  problem: problemSchema.omit({ detail: true }).nullable(),
  tests: z.array(testResultSchema).min(1),
  leftOut: z.array(leftOutSchema),
  /** From the load request until the context is ready. The file may have been in the system's cache. */
  loadMs: z.number(),
  /**
   * From the start of reading a prompt of 128 tokens to the first token, sampled as in a reply. Null if not measured.
   */
  ttftMs: z.number().nullable(),
  /** Peak main memory of the engine, including mapped pages of the model file. Null if not measured. */
  peakMemoryBytes: z.number().nullable(),
  noise: noiseSchema,
  conditions: conditionsSchema,
  /** What the model solved. Left out if it was not asked for, or no problem was answered. */
  solve: solveResultSchema.exactOptional(),
});
export type BenchmarkResult = z.output<typeof benchmarkResultSchema>;

/** The benchmark that is running or that ran last. */
export interface BenchmarkRun {
  id: string;
  modelId: string;
  modelName: string;
  plan: BenchmarkPlan;
  startedAt: number;
}

export interface BenchmarkProgress {
  /** In order. The standard plan may add tests while there is time. `samples` grows as runs end. */
  tests: { name: string; depth: number; repeats: number; samples: number[] }[];
  leftOut: LeftOutTest[];
  /** Index of the current test in `tests`. */
  test: number;
  /** The current run of that test. 0 is the warm-up. */
  run: number;
  /** Estimated from the speeds so far. Null if not known yet. */
  secondsLeft: number | null;
  /** From 0 to 1. Never decreases. */
  fraction: number;
  noise: BenchmarkNoise;
  /** Set once the tests are done and problems are being solved. */
  solve?: SolveProgress;
}

/**
 * The lifecycle of a benchmark; there is one at a time:
 *
 *   none ─▶ queued ─▶ preparing ─▶ measuring ─▶ ended ─(the next one)─▶ queued
 *             │           │            ▲ │        ▲
 *             │           │            └─┘        │
 *             └───────────┴──(stop, failure)──────┘
 *
 * `queued`: a reply is using the engine; a reply sent during a benchmark waits for its turn. `preparing`: the file is
 * hashed (only once) and the model is loaded. Each timed run enters `measuring` again. However the benchmark ends,
 * everything measured until then is in `result` and in the history.
 */
export type BenchmarkState =
  | { state: "none" }
  | { state: "queued"; run: BenchmarkRun }
  | { state: "preparing"; run: BenchmarkRun; step: "hashing" | "loading"; fraction: number }
  | { state: "measuring"; run: BenchmarkRun; progress: BenchmarkProgress }
  | {
      state: "ended";
      run: BenchmarkRun;
      outcome: "complete" | "stopped" | "engine-died" | "failed";
      /** Null if nothing was measured. */
      result: BenchmarkResult | null;
      /** Why it failed, why the engine crashed, or why the result could not be stored. */
      problem: Problem | null;
    };

export const benchmarkExportFormats = ["csv", "json", "jsonl", "md"] as const;
export type BenchmarkExportFormat = (typeof benchmarkExportFormats)[number];

const resultIds = z.array(id).min(1).max(100);

export const benchmarkCalls = {
  /**
   * Starts a benchmark and resolves at once; its state and events follow. Rejects with `benchmark-running` if one is
   * already running on this home folder.
   */
  "benchmark.start": call<BenchmarkState>()(startInput),
  /** Ends the benchmark within one batch or token and resolves once it has ended. Does nothing if none is running. */
  "benchmark.stop": call<BenchmarkState>()(z.object({})),
  "benchmark.state": call<BenchmarkState>()(z.object({})),
  /**
   * Returns the results of one model or of all, newest first. `machineId` is the id of this machine. `changes` has an
   * entry for each result that has one before it.
   */
  "benchmark.history": call<{ machineId: string; results: BenchmarkResult[]; changes: HistoryChange[] }>()(
    z.object({ modelId: id.nullable().default(null) }),
  ),
  /** Removes results. Ids of results that no longer exist are ignored. */
  "benchmark.remove": call<null>()(z.object({ resultIds })),
  /** Rejects with `benchmark-not-found`. */
  "benchmark.compare": call<BenchmarkComparison>()(z.object({ resultIds })),
  /** Returns llama-bench's columns, one row per test. Rejects with `benchmark-not-found`. */
  "benchmark.export": call<{ fileName: string; text: string }>()(
    z.object({ resultIds, format: z.enum(benchmarkExportFormats) }),
  ),
  "benchmark.recheck": call<BenchmarkRecheck>()(z.object({ modelId: id.nullable().default(null) })),
};
