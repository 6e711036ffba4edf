import { z } from "zod";
import type { BackendChoice, BackendComparison, BackendSpeed } from "./backendSpeeds.ts";
import { call } from "./call.ts";
import type { KvCacheType, MemoryNeed } from "./models.ts";

/** Tokens per second, with the range that contains the actual speed nine times out of ten. */
export interface Prediction {
  value: number;
  low: number;
  high: number;
}

/** The speeds of generating 128 tokens and of reading 512, like llama-bench's `tg128` and `pp512`. */
export interface SpeedPrediction {
  generation: Prediction;
  reading: Prediction;
}

export const fitSubjectSchema = z.discriminatedUnion("kind", [
  /** A library id or a file path. */
  z.object({ kind: z.literal("model"), modelId: z.string().min(1).max(4096) }),
  /** A catalogue variant's id. A catalogue model's id stands for its recommended quantization. */
  z.object({ kind: z.literal("catalog"), id: z.string().min(1).max(200) }),
  /** A file on the hub of which only these values are known. */
  z.object({
    kind: z.literal("hub"),
    name: z.string().min(1).max(1000),
    quantization: z.string().max(100).nullable(),
    sizeBytes: z.number().int().positive(),
  }),
]);
export type FitSubject = z.infer<typeof fitSubjectSchema>;

/** Whether and how fast a model would run on this machine with no other model loaded. */
export interface Fit {
  name: string;
  quantization: string | null;
  /** `no`: not at this context size. `tight`: only with a context below 8,192 tokens. */
  verdict: "fits" | "tight" | "no";
  /** The part with which the memory need first exceeds the memory. Null if it fits. */
  limitedBy: "weights" | "kv-cache" | "compute-buffers" | null;
  /** At the requested context size, or at the one it would get. */
  need: MemoryNeed;
  /** Whether its file would be mapped. If not, memory is too tight for `need.copyBytes`, and the file is read. */
  mapped: boolean;
  /** The largest context size that fits. 0 if none does. */
  maxContext: number;
  /**
   * Keys and values of a smaller type, if memory is short and they would make it enough for `verdict` to improve.
   * Null otherwise. They lose some precision and are slower on the CPU.
   */
  smallerCache: { kvCacheType: KvCacheType; maxContext: number } | null;
  /**
   * If it does not fit: how llama-server would place it on the only graphics card, with the experts of some layers in main
   * memory. Null if that would not fit either.
   */
  onServer: { expertLayersInMemory: number; expertLayers: number } | null;
  usableBytes: number;
  /** The quantization of this model with the highest precision that fits and is fast enough. Null if none fits. */
  takeQuantization: string | null;
  /** With the chosen backend. Null if that has not been measured yet. */
  speed: SpeedPrediction | null;
  /** The speed with each backend that can be used. Empty while the engine is not ready. */
  backends: BackendSpeed[];
  /** The backend that it runs with. Null while the engine is not ready. */
  choice: BackendChoice | null;
  /** True if the shape and tensor types were guessed from the file's name and size. */
  guessed: boolean;
}

/** What the speed trials are doing now. */
export type TrialStep =
  | { code: "engine" | "vocabulary" | "overhead" | "token" | "attention"; facts?: undefined }
  /** Measured with weights of one tensor type. */
  | { code: "generate" | "read"; facts: { type: string } };

/** Why this machine has not been measured by itself yet. Charges are in percent. */
export type EstimateWait =
  | { code: "busy" | "otherPrograms" | "stopped" | "off" | "failed"; facts?: undefined }
  | { code: "battery"; facts: { charge: number; least: number } };

/**
 * What is known about this machine's speed with the current engine:
 *
 *   none ─▶ measuring ─▶ ready ─▶ measuring
 *    ▲          │          ▲          │
 *    └──────────┴─(cancel)─┴──────────┘
 */
export type SpeedTrials =
  | { state: "none"; waits?: EstimateWait }
  /** `device` is null if there is only the CPU. */
  | { state: "measuring"; step: TrialStep; device: "gpu" | "cpu" | null; fraction: number; secondsLeft: number }
  /**
   * `noisy`: other programs were using the CPU at the same time. `estimated`: the time ran out before enough was
   * measured, so the speeds are extrapolated from few measurements, with a wide range. `stale`: a new measurement
   * would be better, for one of these reasons, or because it is old, was made with another number of threads, or a
   * graphics card failed in it more than a day ago.
   */
  | { state: "ready"; measuredAt: number; noisy: boolean; estimated: boolean; stale: boolean };

const contextSize = z.number().int().min(256).max(1_048_576).nullable().default(null);

export const fitCalls = {
  /** Makes no network request and measures nothing. `depth` is the number of tokens in the context for the speeds. */
  "fit.of": call<Fit>()(
    z.object({ subject: fitSubjectSchema, contextSize, depth: z.number().int().min(0).max(1_048_576).default(0) }),
  ),
  /** The same for many subjects. Null for those that do not exist or cannot be read. */
  "fit.list": call<(Fit | null)[]>()(z.object({ subjects: z.array(fitSubjectSchema).max(1000), contextSize })),
  "fit.trials": call<SpeedTrials>()(z.object({})),
  /**
   * Call when predictions are shown. A machine that has never been measured, or whose graphics card failed more than a
   * day ago, is then measured as `fit.measure` does, once it is idle, unless it runs on a battery below 30 % or the user
   * switched this off. Returns at once.
   */
  "fit.estimateWhenIdle": call<null>()(z.object({})),
  /**
   * Measures this machine with small generated models, for at most a minute on any device, unless valid measurements
   * exist that are neither noisy nor estimated. Resolves at the end; if cancelled, with what was known before. Rejects
   * with `engine-busy` during a reply, and when a reply starts.
   */
  "fit.measure": call<SpeedTrials>()(z.object({ again: z.boolean().default(false) })),
  /** The speeds of the backends on this machine. Null while the engine is not ready. */
  "fit.backends": call<BackendComparison | null>()(z.object({})),
  "fit.cancelMeasuring": call<null>()(z.object({})),
};
