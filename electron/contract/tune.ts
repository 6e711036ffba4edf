import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";
import { type KvCacheType, kvCacheTypes, type ModelChoices } from "./models.ts";
import type { NoiseReason } from "./noise.ts";

const id = z.string().min(1).max(200);

/** What is tried, in this order: the cheapest change first, and lossy settings last. */
export const tunedSettings = [
  "threads",
  "gpuLayers",
  "flashAttention",
  "batchSize",
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
  kvCacheType: KvCacheType;
}

const startInput = z.object({
  /** Null: the default model. */
  modelId: id.nullable().default(null),
  /** Counted from its turn on, including loads. */
  minutes: z.number().min(0.1).max(120).default(2),
  /** Whether settings that lose some precision are tried as well. */
  allowLossy: z.boolean().default(false),
});
export type TuneStart = z.output<typeof startInput>;

/** The tuning that is running or ran last. */
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
  /** Left out in what an earlier version stored. */
  from: settingValue.exactOptional(),
});
/** One setting with another value. */
export type TuneChange = z.output<typeof changeSchema>;

/** What a trial's measurements say. `ratio`: how many times as fast. The sentences: `texts/*\/tune.json`, `found`. */
export type TrialFinding =
  | { code: "changed" | "within-spread"; facts: { ratio: number } }
  | { code: "same" | "unfinished"; facts: Record<never, never> }
  /** `token`: the first one that differs, counted from 1. */
  | { code: "other-output"; facts: { token: number } };

/** One setting tried against the fastest found before it, measured in turns. */
export interface TuneTrial extends TuneChange {
  /**
   * `gain`: faster, beyond the spread of both. `unclear`: the machine was too busy to tell. `other-output`: faster or
   * not, it writes other text. `unfinished`: the time or a stop ended it.
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
  /** 1.2: a fifth faster than what it was compared with; null: not measured. */
  faster: number | null;
  /** Why it came to that: what was measured, what disturbed it, or what failed. Null while it is tried. */
  why: { finding: TrialFinding } | { noise: NoiseReason } | { problem: Problem } | null;
}

const speedSchema = z.object({ median: z.number(), lowerQuartile: z.number(), upperQuartile: z.number() });
const figuresSchema = z.object({
  /** Tokens per second. The spread is the middle half of the runs. */
  reading: speedSchema,
  writing: speedSchema,
  /** That R1's usual reply would take: 1280 tokens read and 3072 written. */
  replySeconds: z.number(),
});
export type TuneFigures = z.output<typeof figuresSchema>;

const proposalSchema = z.object({
  changes: z.array(changeSchema).min(1),
  before: figuresSchema,
  after: figuresSchema,
  /** How many times as fast a typical reply is. */
  faster: z.number(),
  /** True: keys and values are kept with less precision. */
  lossy: z.boolean(),
  /** Whether the most likely tokens after a fixed prompt are the same; false only with `lossy`. */
  sameOutput: z.boolean(),
  /** How many of them were compared: few if the settings in use are very slow. */
  comparedTokens: z.number(),
});
/** The fastest settings that fit and do not change the output. It is a proposal until the user applies it. */
export type TuneProposal = z.output<typeof proposalSchema>;

/** What was applied to a model, with the earlier choices, so that it can be undone. */
export const appliedTuningSchema = proposalSchema.extend({
  appliedAt: z.number().nonnegative(),
  /** By setting: what was chosen before; null: nothing. */
  previous: z.partialRecord(z.enum(tunedSettings), settingValue.nullable()),
});
export type AppliedTuning = z.output<typeof appliedTuningSchema>;

export interface TuneProgress {
  step: "loading" | "measuring" | "comparing";
  /** In order; the last one may still be in progress. */
  trials: TuneTrial[];
  /** Of the settings in use at the start; null: not measured yet. */
  before: TuneFigures | null;
  /** Until the time limit; it may end earlier. */
  secondsLeft: number;
  /** What disturbs the measurements now; null: nothing. */
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
 * `queued`: a reply or a benchmark has the engine. However it ends, what was found until then is proposed.
 */
export type TuneState =
  | { state: "none" }
  | { state: "queued"; run: TuneRun }
  | { state: "trying"; run: TuneRun; progress: TuneProgress }
  | {
      state: "ended";
      run: TuneRun;
      /** `complete`: everything worth trying was tried. `time`: some of it was not. */
      outcome: "complete" | "time" | "stopped" | "failed";
      trials: TuneTrial[];
      /** What there was no time for. */
      left: TunedSetting[];
      before: TuneFigures | null;
      /** Null: nothing is faster, or it could not be determined. */
      proposal: TuneProposal | null;
      problem: Problem | null;
    };

export const tuneCalls = {
  /**
   * Starts one and resolves at once; its state and events follow. Fails with `tune-running` if one is already running,
   * and with `benchmark-running` if something else is being measured on the same home folder.
   */
  "tune.start": call<TuneState>()(startInput),
  /** Resolves once it has ended; does nothing if there is none. */
  "tune.stop": call<TuneState>()(z.object({})),
  "tune.state": call<TuneState>()(z.object({})),
  /** Makes the proposal of the last tuning the model's choices. Fails with `tune-nothing-to-apply`. */
  "tune.apply": call<AppliedTuning>()(z.object({ runId: id })),
  /** Restores the earlier choices; a setting that was changed since then stays. Fails with `tune-nothing-to-undo`. */
  "tune.undo": call<ModelChoices>()(z.object({ modelId: id.nullable().default(null) })),
  /** What tuning set for the model and is still in use; null: nothing. */
  "tune.applied": call<AppliedTuning | null>()(z.object({ modelId: id.nullable().default(null) })),
};
