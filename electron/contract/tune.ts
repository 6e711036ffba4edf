import { z } from "zod";
import type { SpeedChanges } from "./benchmarkComparison.ts";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";
import { type KvCacheType, kvCacheTypes, type ModelChoices } from "./models.ts";
import type { NoiseReason } from "./noise.ts";

const id = z.string().min(1).max(200);

/** The settings that are tried, in this order: the cheapest change first, and lossy settings last. */
export const tunedSettings = [
  "threads",
  "gpuLayers",
  "flashAttention",
  "batchSize",
  "largePages",
  "memoryMapped",
  "kvCacheType",
] as const;
export type TunedSetting = (typeof tunedSettings)[number];

/** All settings of a loaded model. */
export interface SettingsInUse {
  threads: number;
  gpuLayers: number;
  flashAttention: boolean;
  batchSize: number;
  memoryMapped: boolean;
  largePages: boolean;
  kvCacheType: KvCacheType;
}

const startInput = z.object({
  /** Null stands for the default model. */
  modelId: id.nullable().default(null),
  /** Counted from when its turn comes, including loads. */
  minutes: z.number().min(0.1).max(120).default(2),
  /** Whether settings that lose some precision are tried as well, on a graphics card. On the CPU they are slower. */
  allowLossy: z.boolean().default(false),
});
export type TuneStart = z.output<typeof startInput>;

/** The tuning that is running or that ran last. */
export interface TuneRun extends Omit<TuneStart, "modelId"> {
  id: string;
  modelId: string;
  modelName: string;
  startedAt: number;
}

const settingValue = z.union([z.number(), z.boolean(), z.enum(kvCacheTypes)]);
const changeSchema = z.object({
  setting: z.enum(tunedSettings),
  to: settingValue,
  /** Missing in data that an earlier version stored. */
  from: settingValue.exactOptional(),
});
/** One setting with another value. */
export type TuneChange = z.output<typeof changeSchema>;

/**
 * The outcome of a trial's measurements. `ratio`: how many times as fast. The sentences are in `texts/*\/tune.json`,
 * under `found`.
 */
export type TrialFinding =
  | { code: "changed" | "within-spread"; facts: { ratio: number } }
  | { code: "same" | "unfinished"; facts: Record<never, never> }
  /** `token` is the first token that differs, counted from 1. */
  | { code: "other-output"; facts: { token: number } };

/**
 * One setting compared with the fastest settings found before it, measured alternately. The changes of writing and
 * reading are null if not measured.
 */
export interface TuneTrial extends TuneChange, SpeedChanges {
  /**
   * `gain`: faster by more than the spread of both. `unclear`: the machine was too busy to decide. `other-output`:
   * writes different text, whether faster or not. `unfinished`: the time limit or a stop ended it.
   */
  outcome:
    | "trying"
    | "gain"
    | "no-gain"
    | "unclear"
    | "other-output"
    | "does-not-fit"
    | "crashed"
    | "failed"
    | "unfinished";
  /** 1.2 means a fifth faster than what it was compared with. Null if not measured. */
  faster: number | null;
  /** The reason for the outcome: what was measured, what disturbed it, or what failed. Null during the trial. */
  why: { finding: TrialFinding } | { noise: NoiseReason } | { problem: Problem } | null;
}

const speedSchema = z.object({ median: z.number(), lowerQuartile: z.number(), upperQuartile: z.number() });
const figuresSchema = z.object({
  /** Tokens per second. The spread is the interquartile range of the runs. */
  reading: speedSchema,
  writing: speedSchema,
  /** Seconds that a typical reply of R1 would take (`r1Case`). */
  replySeconds: z.number(),
});
export type TuneFigures = z.output<typeof figuresSchema>;

const proposalSchema = z.object({
  changes: z.array(changeSchema).min(1),
  before: figuresSchema,
  after: figuresSchema,
  /** How many times as fast a typical reply is. */
  faster: z.number(),
  /** True if keys and values are stored with less precision. */
  lossy: z.boolean(),
  /** Whether the most likely tokens after a fixed prompt are the same; false only with `lossy`. */
  sameOutput: z.boolean(),
  /** Number of tokens that were compared. Few if the settings in use are very slow. */
  comparedTokens: z.number(),
});
/** The fastest settings that fit and do not change the output. It is a proposal until the user applies it. */
export type TuneProposal = z.output<typeof proposalSchema>;

/** What was applied to a model, with the earlier choices, so that it can be undone. */
export const appliedTuningSchema = proposalSchema.extend({
  appliedAt: z.number().nonnegative(),
  /** The earlier choice for each setting. Null if there was none. */
  previous: z.partialRecord(z.enum(tunedSettings), settingValue.nullable()),
});
export type AppliedTuning = z.output<typeof appliedTuningSchema>;

export interface TuneProgress {
  step: "loading" | "measuring" | "comparing";
  /** In order; the last one may still be in progress. */
  trials: TuneTrial[];
  /** Figures of the settings in use at the start. Null if not measured yet. */
  before: TuneFigures | null;
  /** Time until the limit. The tuning may end earlier. */
  secondsLeft: number;
  /** What disturbs the measurements now. Null if nothing does. */
  noise: NoiseReason | null;
}

/**
 * The lifecycle of a tuning; there is one at a time:
 *
 *   none ─▶ queued ─▶ trying ─▶ ended ─(the next one)─▶ queued
 *             │         │ ▲       ▲
 *             │         └─┘       │
 *             └──(stop, failure)──┘
 *
 * `queued`: a reply or a benchmark is using the engine. However the tuning ends, it proposes what it found until then.
 */
export type TuneState =
  | { state: "none" }
  | { state: "queued"; run: TuneRun }
  | { state: "trying"; run: TuneRun; progress: TuneProgress }
  | {
      state: "ended";
      run: TuneRun;
      /** `complete`: everything worth trying was tried. `time`: the time ran out before that. */
      outcome: "complete" | "time" | "stopped" | "failed";
      trials: TuneTrial[];
      /** Settings that there was no time to try. */
      left: TunedSetting[];
      before: TuneFigures | null;
      /** Null if nothing is faster, or if that could not be determined. */
      proposal: TuneProposal | null;
      problem: Problem | null;
    };

export const tuneCalls = {
  /**
   * Starts a tuning and resolves at once; its state and events follow. Rejects with `tune-running` if one is already
   * running, and with `benchmark-running` if something else is being measured on the same home folder.
   */
  "tune.start": call<TuneState>()(startInput),
  /** Stops the tuning and resolves once it has ended. Does nothing if none is running. */
  "tune.stop": call<TuneState>()(z.object({})),
  "tune.state": call<TuneState>()(z.object({})),
  /** Applies the proposal of the last tuning to the model's choices. Rejects with `tune-nothing-to-apply`. */
  "tune.apply": call<AppliedTuning>()(z.object({ runId: id })),
  /** Restores the earlier choices, except for settings changed since then. Rejects with `tune-nothing-to-undo`. */
  "tune.undo": call<ModelChoices>()(z.object({ modelId: id.nullable().default(null) })),
  /** Returns what tuning set for the model and is still in use, or null if there is nothing. */
  "tune.applied": call<AppliedTuning | null>()(z.object({ modelId: id.nullable().default(null) })),
};
