import type { BenchmarkConditions, BenchmarkSpeed, BenchmarkStart } from "./benchmark.ts";
import type { Backend } from "./engine.ts";
import type { SolveResult } from "./solve.ts";

/** The conditions that are compared, with their values as data. Null if a value is not known or does not exist. */
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
  largePages: boolean;
  gpuLayers: { onGpu: number; all: number };
  powerSource: BenchmarkConditions["power"]["source"];
  powerMode: string | null;
  throttled: boolean | null;
  model: string;
  /** The first characters of the SHA-256 of each file. */
  modelFile: string;
  llamaRelease: string;
  libraryVersion: string;
  driver: string | null;
  appVersion: string;
  contextSize: number;
  system: string;
  /** Rounded to the nearest 10. */
  celsius: number | null;
  noisy: boolean;
}
export type ComparedCondition = keyof ComparedConditions;

/** A condition that differs between the compared results. */
export type ConditionDifference = {
  [Condition in ComparedCondition]: {
    condition: Condition;
    /** In the order of the results. */
    values: ComparedConditions[Condition][];
    /** True if it affects the speed and is not what is being compared, so that the figures are not comparable. */
    matters: boolean;
  };
}[ComparedCondition];

export interface ComparedSpeed {
  /** Null if this result has no such test. */
  speed: BenchmarkSpeed | null;
  /**
   * The median divided by that of the first result. `low` and `high` are the extremes that both interquartile ranges
   * allow. `change` is `unclear` if 1 lies between them.
   */
  ratio: { value: number; low: number; high: number; change: "faster" | "slower" | "unclear" } | null;
}

export interface BenchmarkComparison {
  /** The others are compared with the first one. */
  resultIds: string[];
  /**
   * Depends only on machine, engine settings and circumstances. Model, engine release and driver may be what is
   * compared.
   */
  comparable: boolean;
  /** Differences that make the results incomparable come first. */
  differences: ConditionDifference[];
  tests: { name: string; depth: number; speeds: ComparedSpeed[] }[];
  /** Null if fewer than two of the results have solved problems. */
  solve: { sameProblems: boolean; results: (ComparedSolve | null)[] } | null;
}

/** What a model solved, and its time to a right answer compared with that of the first result. */
export interface ComparedSolve {
  solve: Omit<SolveResult, "problems">;
  /** `unclear` if the intervals overlap. Null for the first one, and if one of the two has no right answer. */
  change: "sooner" | "later" | "unclear" | null;
}

/** A change since the last result. `was` is null if there was no value before, and `is` if there is none now. */
export type RecheckChange =
  | { part: "llama" | "library"; was: string; is: string }
  | { part: "backend"; was: Backend; is: Backend }
  | { part: "driver"; was: string | null; is: string | null };

/** A speed compared with the one before it: `ratio` times as fast. `same` means within the spread or within 2 %. */
export interface SpeedChange {
  change: "faster" | "slower" | "same";
  ratio: number;
}

export interface SpeedChanges {
  /** Null if it was not measured in both results. */
  writing: SpeedChange | null;
  reading: SpeedChange | null;
}

/** Compares a result with the previous one of the same model and plan on the same machine. */
export interface HistoryChange extends SpeedChanges {
  resultId: string;
  /** Conditions that make the two incomparable; the changes are then null. Power and heat only explain a change. */
  differing: ComparedCondition[];
}

/** Compares the newest result with the one before it (made at `since`) that has the same file and the same settings. */
export interface RecheckVerdict {
  since: number;
  /** The speed of writing, or of reading if writing was not measured. */
  speed: SpeedChange;
  /** Null if it was not measured in both results, or if `speed` already is the reading speed. */
  reading: SpeedChange | null;
}

/** Whether a model's last result is still valid for this machine. */
export interface BenchmarkRecheck {
  /** The model's newest result on this machine. Null if it was never measured here. */
  lastResultId: string | null;
  changes: RecheckChange[];
  /** Input for `benchmark.start`: 30 s with the settings of the last result. Null if there is no last result. */
  start: BenchmarkStart | null;
  /** Null if there are no two comparable results. */
  verdict: RecheckVerdict | null;
}
