import { z } from "zod";
import { call } from "./call.ts";
import { type Backend, backends } from "./engine.ts";
import type { Problem } from "./errors.ts";
import { kvCacheTypes, loadSettingsSchema } from "./models.ts";
import { noiseReasonSchema } from "./noise.ts";
import { problemSchema } from "./problemSchema.ts";

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
   * pp512 and tg128 at depths 0, 2048 and 8192 and the R1 case (1280 read, then 3072 written, or a fraction of both),
   * five runs each. Tests that would not end within `minutes`, loads and warm-ups included, are left out, with the
   * reason.
   */
  z.object({ kind: z.literal("standard"), minutes: minutes.default(10) }),
  /** pp512 and tg128 at depth 0, two to five runs each: 30 s, unless two runs need longer; two minutes at most. */
  z.object({ kind: z.literal("quick") }),
  /** `minutes` as for the standard plan; left out: as long as the tests take. */
  z.object({
    kind: z.literal("custom"),
    tests: z.array(benchmarkTestSchema).min(1).max(100),
    repeats: z.number().int().min(1).max(1000).default(5),
    minutes: minutes.exactOptional(),
  }),
]);
export type BenchmarkPlan = z.output<typeof benchmarkPlanSchema>;

const startInput = z.object({
  /** Null: the default model. */
  modelId: id.nullable().default(null),
  plan: benchmarkPlanSchema,
  settings: loadSettingsSchema.prefault({}),
});
export type BenchmarkStart = z.output<typeof startInput>;

/** Tokens per second over the timed runs. The spread is the middle half of them: between the quartiles. */
const speedSchema = z.object({
  median: z.number(),
  min: z.number(),
  max: z.number(),
  /** Interpolated between samples, as R's and NumPy's default does. */
  lowerQuartile: z.number(),
  upperQuartile: z.number(),
  /** Of each timed run, in order. */
  samples: z.array(z.number()).min(1),
});
export type BenchmarkSpeed = z.output<typeof speedSchema>;

const testResultSchema = z.object({
  /** As llama-bench writes it: "pp512", "tg128" or "pp1280+tg3072". */
  name: z.string(),
  depth: tokens,
  promptTokens: tokens,
  generatedTokens: tokens,
  startedAt: moment,
  tokensPerSecond: speedSchema,
  /** Runs that do not count, because the machine slept in the middle of them. */
  discarded: z.array(z.object({ tokensPerSecond: z.number(), reason: z.literal("slept") })),
  /** Processor cores that other programs kept busy; null: not reported by the system. */
  otherLoadCores: z.number().nullable(),
});
export type BenchmarkTestResult = z.output<typeof testResultSchema>;

const seconds = z.number();
/** Why a test was not measured. The sentences: `texts/*\/benchmark.json`, under `leftOut`. */
const leftOutReasonSchema = z.discriminatedUnion("code", [
  /** `most`: what the model's own context holds. */
  z.object({ code: z.literal("context"), facts: z.object({ most: tokens }) }),
  /** `context`: what it would have been loaded with. */
  z.object({ code: z.literal("memory"), facts: z.object({ context: tokens }) }),
  z.object({
    code: z.literal("time"),
    facts: z.discriminatedUnion("case", [
      z.object({ case: z.literal("tooLong"), needed: seconds, left: seconds }),
      /** `spent`: without coming to the end of the first timed run. */
      z.object({ case: z.literal("unfinished"), spent: seconds }),
      z.object({ case: z.literal("over") }),
    ]),
  }),
  /** By a person, or because the benchmark failed. */
  z.object({ code: z.literal("stopped"), facts: z.object({ case: z.enum(["byPerson", "byFailure"]) }) }),
  /** An English sentence that an earlier version stored. */
  z.object({ code: z.literal("told-earlier"), facts: z.object({ sentence: z.string().max(5000) }) }),
]);
export type LeftOutReason = z.output<typeof leftOutReasonSchema>;

const leftOutSchema = z.object({ name: z.string(), depth: tokens, reason: leftOutReasonSchema });
/** A test that the plan names and that was not measured. */
export type LeftOutTest = z.output<typeof leftOutSchema>;

const noiseSchema = z.object({
  /** True: the disturbance is large enough to show in the figures. */
  noisy: z.boolean(),
  reasons: z.array(noiseReasonSchema),
  /** Over all timed runs; null: not reported by the system. */
  otherLoadCores: z.number().nullable(),
  /** Cores' worth of time that the host of a virtual machine took away. */
  stolenCores: z.number().nullable(),
});
export type BenchmarkNoise = z.output<typeof noiseSchema>;

const conditionsSchema = z.object({
  appVersion: z.string(),
  engine: z.object({
    /** The llama.cpp release inside node-llama-cpp, and node-llama-cpp's own version. */
    llamaRelease: z.string(),
    libraryVersion: z.string(),
    backend: z.enum(backends),
    devices: z.array(z.string()),
    /** The graphics driver; null: none, or not reported. */
    driver: z.string().nullable(),
  }),
  /** The settings that took effect, as the engine reports them. */
  settings: z.object({
    threads: z.number(),
    batchSize: z.number(),
    microBatchSize: z.number(),
    /** Null: chosen by llama.cpp and not reported. */
    flashAttention: z.boolean().nullable(),
    kvCacheType: z.enum(kvCacheTypes),
    memoryMapped: z.boolean(),
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
    /** Of the weights alone. */
    weightsBytes: z.number(),
    /** All parts of a split model. No folder is kept. */
    files: z.array(z.object({ name: z.string(), sizeBytes: z.number(), sha256: z.string() })),
  }),
  machine: z.object({
    /** The same for as long as processor and memory are the same. It identifies nobody. */
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
  /** At the start. Null: not reported by the system. */
  thermal: z.object({ throttled: z.boolean().nullable(), celsius: z.number().nullable() }),
});
/** The conditions under which a result was measured. Nothing in them names a person or a folder. */
export type BenchmarkConditions = z.output<typeof conditionsSchema>;

/** What one benchmark measured, as it is kept. It has at least one timed run. */
export const benchmarkResultSchema = z.object({
  id,
  plan: z.enum(["standard", "quick", "custom"]),
  startedAt: moment,
  endedAt: moment,
  /** What was measured before a stop, a crash of the engine or another failure is kept and counts. */
  ending: z.enum(["complete", "stopped", "engine-died", "failed"]),
  /** Why the engine crashed, or what failed; null: neither. */
  problem: problemSchema.omit({ detail: true }).nullable(),
  tests: z.array(testResultSchema).min(1),
  leftOut: z.array(leftOutSchema),
  /** From the load's request to the context's being ready; the file may have been in the system's cache. */
  loadMs: z.number(),
  /** From an unread prompt of 128 tokens to the first token drawn as in a reply; null: not measured. */
  ttftMs: z.number().nullable(),
  /** The most main memory that the engine held, including pages of the model's file; null: not measured. */
  peakMemoryBytes: z.number().nullable(),
  noise: noiseSchema,
  conditions: conditionsSchema,
});
export type BenchmarkResult = z.output<typeof benchmarkResultSchema>;

/** The benchmark that runs or ran last. */
export interface BenchmarkRun {
  id: string;
  modelId: string;
  modelName: string;
  plan: BenchmarkPlan;
  startedAt: number;
}

export interface BenchmarkProgress {
  /** In order. With the standard plan, more may be added while there is time. `samples` grow as runs end. */
  tests: { name: string; depth: number; repeats: number; samples: number[] }[];
  leftOut: LeftOutTest[];
  /** The current one of `tests`. */
  test: number;
  /** Its current run; 0 is the warm-up. */
  run: number;
  /** Estimated from the speeds so far; null: not known yet. */
  secondsLeft: number | null;
  /** 0 to 1; never goes back. */
  fraction: number;
  noise: BenchmarkNoise;
}

/**
 * The lifecycle of a benchmark; there is one at a time:
 *
 *   none ─▶ queued ─▶ preparing ─▶ measuring ─▶ ended ─(the next one)─▶ queued
 *             │           │            ▲ │        ▲
 *             │           │            └─┘        │
 *             └───────────┴──(stop, failure)──────┘
 *
 * `queued`: a reply has the engine; a reply sent during a benchmark waits in turn. `preparing`: the file is hashed,
 * once, and the model loaded. Each timed run enters `measuring` anew. However it ends, what was measured by then is in
 * `result` and in the history.
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
      /** Null: nothing was measured. */
      result: BenchmarkResult | null;
      /** Why it failed, why the engine crashed, or why the result could not be stored. */
      problem: Problem | null;
    };

/** The conditions that are compared, each with its values as data. Null: not known, or there is none. */
export interface ComparedConditions {
  processor: string;
  usableCores: number;
  graphics: readonly string[];
  memoryBytes: number;
  backend: Backend;
  threads: number;
  batchSize: number;
  microBatchSize: number;
  flashAttention: boolean | null;
  kvCacheType: string;
  memoryMapped: boolean;
  gpuLayers: { onGpu: number; all: number };
  powerSource: BenchmarkConditions["power"]["source"];
  powerMode: string | null;
  throttled: boolean | null;
  model: string;
  /** The beginnings of its files' SHA-256. */
  modelFile: string;
  llamaRelease: string;
  libraryVersion: string;
  driver: string | null;
  appVersion: string;
  contextSize: number;
  system: string;
  /** To the nearest 10. */
  celsius: number | null;
  noisy: boolean;
}
export type ComparedCondition = keyof ComparedConditions;

/** A condition that is not the same in all compared results. */
export type ConditionDifference = {
  [Condition in ComparedCondition]: {
    condition: Condition;
    /** In the order of the results. */
    values: ComparedConditions[Condition][];
    /** True: it changes the speed and is not what is compared, so the figures are not comparable. */
    matters: boolean;
  };
}[ComparedCondition];

export interface ComparedSpeed {
  /** Null: this result has no such test. */
  speed: BenchmarkSpeed | null;
  /**
   * Its median over the first result's. `low` and `high`: the farthest that both middle halves allow. `unclear`: 1 lies
   * between them.
   */
  ratio: { value: number; low: number; high: number; change: "faster" | "slower" | "unclear" } | null;
}

export interface BenchmarkComparison {
  /** The first is what the others are compared with. */
  resultIds: string[];
  /** Only of machine, engine settings and circumstances; model, engine release and driver may be what is compared. */
  comparable: boolean;
  /** Those that make them incomparable first. */
  differences: ConditionDifference[];
  tests: { name: string; depth: number; speeds: ComparedSpeed[] }[];
}

/** What has changed since the last result. `was` is null if there was none before, `is` if there is none now. */
export type RecheckChange =
  | { part: "llama" | "library"; was: string; is: string }
  | { part: "backend"; was: Backend; is: Backend }
  | { part: "driver"; was: string | null; is: string | null };

/** How a speed compares with the one before it: `ratio` times as fast. `same`: within the spread, or within 2 %. */
export interface SpeedChange {
  change: "faster" | "slower" | "same";
  ratio: number;
}

/** The newest result beside the one before it of the same file with the same settings, which is of `since`. */
export interface RecheckVerdict {
  since: number;
  /** Of writing, or of reading where writing was not measured. */
  speed: SpeedChange;
  /** Null: not measured as well, or as before. */
  reading: SpeedChange | null;
}

/** Whether a model's last result is still valid for this machine. */
export interface BenchmarkRecheck {
  /** The model's newest result on this machine; null: it was never measured here. */
  lastResultId: string | null;
  changes: RecheckChange[];
  /** Input for `benchmark.start`: 30 s with the settings of the last result. Null: there is no last result. */
  start: BenchmarkStart | null;
  /** Null: there are no two results that can be compared. */
  verdict: RecheckVerdict | null;
}

export const benchmarkExportFormats = ["csv", "json", "jsonl", "md"] as const;
export type BenchmarkExportFormat = (typeof benchmarkExportFormats)[number];

const resultIds = z.array(id).min(1).max(100);

export const benchmarkCalls = {
  /**
   * Starts one and resolves at once; its state and events follow. Fails with `benchmark-running` if one is already
   * running on this home folder.
   */
  "benchmark.start": call<BenchmarkState>()(startInput),
  /** Ends it within one batch or token and resolves once it has ended; does nothing if there is none. */
  "benchmark.stop": call<BenchmarkState>()(z.object({})),
  "benchmark.state": call<BenchmarkState>()(z.object({})),
  /** Newest first, of one model or of all. `machineId` is this machine's. */
  "benchmark.history": call<{ machineId: string; results: BenchmarkResult[] }>()(
    z.object({ modelId: id.nullable().default(null) }),
  ),
  /** Ids of results that no longer exist are ignored. */
  "benchmark.remove": call<null>()(z.object({ resultIds })),
  /** Fails with `benchmark-not-found`. */
  "benchmark.compare": call<BenchmarkComparison>()(z.object({ resultIds })),
  /** In llama-bench's columns, one row per test. Fails with `benchmark-not-found`. */
  "benchmark.export": call<{ fileName: string; text: string }>()(
    z.object({ resultIds, format: z.enum(benchmarkExportFormats) }),
  ),
  "benchmark.recheck": call<BenchmarkRecheck>()(z.object({ modelId: id.nullable().default(null) })),
};
