import { z } from "zod";
import { call } from "./call.ts";
import type { MemoryNeed } from "./models.ts";

/** Tokens per second, and between which it will lie nine times in ten. */
export interface Prediction {
  value: number;
  low: number;
  high: number;
}

/** Of generating 128 tokens and of reading 512, as llama-bench's `tg128` and `pp512`. */
export interface SpeedPrediction {
  generation: Prediction;
  reading: Prediction;
}

export const fitSubjectSchema = z.discriminatedUnion("kind", [
  /** A library id or a file path. */
  z.object({ kind: z.literal("model"), modelId: z.string().min(1).max(4096) }),
  /** A catalogue variant's id; a catalogue model's id means the quantization to take. */
  z.object({ kind: z.literal("catalog"), id: z.string().min(1).max(200) }),
  /** A file on the hub, of which only this is known. */
  z.object({
    kind: z.literal("hub"),
    name: z.string().min(1).max(1000),
    quantization: z.string().max(100).nullable(),
    sizeBytes: z.number().int().positive(),
  }),
]);
export type FitSubject = z.infer<typeof fitSubjectSchema>;

/** Whether and how fast a model would run on this machine, with nothing else loaded. */
export interface Fit {
  name: string;
  quantization: string | null;
  /** `no`: not at this context. `tight`: only below 8,192 tokens of context. */
  verdict: "fits" | "tight" | "no";
  /** The part that first goes beyond the memory; null: it fits. */
  limitedBy: "weights" | "kv-cache" | "compute-buffers" | null;
  /** At the context asked for, or at the one it would get. */
  need: MemoryNeed;
  /** The largest context that fits; 0: none does. */
  maxContext: number;
  usableBytes: number;
  /** The finest quantization of this model that fits and is quick enough; null: none fits. */
  takeQuantization: string | null;
  /** Null: this machine was not measured yet. */
  speed: SpeedPrediction | null;
  /** Shape and types follow from the file's name and size alone. */
  guessed: boolean;
}

/** What the speed trials do at the moment. */
export type TrialStep =
  | { code: "engine" | "vocabulary" | "overhead" | "token" | "attention"; facts?: undefined }
  /** With weights of a tensor type. */
  | { code: "generate" | "read"; facts: { type: string } };

/**
 * What is known of this machine's speed with the engine as it is now:
 *
 *   none ─▶ measuring ─▶ ready ─▶ measuring
 *    ▲          │          ▲          │
 *    └──────────┴─(cancel)─┴──────────┘
 */
export type SpeedTrials =
  | { state: "none" }
  /** `device`: null where there is only the processor. */
  | { state: "measuring"; step: TrialStep; device: "gpu" | "cpu" | null; fraction: number; secondsLeft: number }
  /**
   * `noisy`: other programs were at work meanwhile. `estimated`: the time was over before enough was measured, so the
   * speeds follow from the little there is, with a wide range.
   */
  | { state: "ready"; measuredAt: number; noisy: boolean; estimated: boolean };

const contextSize = z.number().int().min(256).max(1_048_576).nullable().default(null);

export const fitCalls = {
  /** Asks nobody, measures nothing. `depth`: tokens in the context beforehand, for the speeds. */
  "fit.of": call<Fit>()(
    z.object({ subject: fitSubjectSchema, contextSize, depth: z.number().int().min(0).max(1_048_576).default(0) }),
  ),
  /** The same for many; null for what is not there or cannot be read. */
  "fit.list": call<(Fit | null)[]>()(z.object({ subjects: z.array(fitSubjectSchema).max(1000), contextSize })),
  "fit.trials": call<SpeedTrials>()(z.object({})),
  /**
   * Measures this machine with small generated models, for a minute at most on whatever device, unless it was done and
   * neither noisy nor estimated. Answers at the end; cancelled, with what was known before. Fails with `engine-busy` during a reply, and when one begins.
   */
  "fit.measure": call<SpeedTrials>()(z.object({ again: z.boolean().default(false) })),
  "fit.cancelMeasuring": call<null>()(z.object({})),
};
