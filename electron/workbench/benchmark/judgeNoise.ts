import type { BenchmarkConditions, BenchmarkNoise } from "../../contract/benchmark.ts";
import type { NoiseReason } from "../../contract/noise.ts";
import { speedOf, spreadOf } from "./speedOf.ts";
import type { WatchedLoad } from "./LoadWatch.ts";

/** What the timed runs belong to: a test, by llama-bench's name, or one half of a tuning's visit. */
export type MeasuredPart =
  | { case: "test"; test: string }
  | { case: "deep"; test: string; depth: number }
  | { case: "reading" | "writing" };

export interface NoiseFacts {
  /** Logical cores of the machine. */
  cores: number;
  /** `runSeconds` is the duration of one timed run. */
  tests: { part: MeasuredPart; samples: readonly number[]; runSeconds: number; load: WatchedLoad | null }[];
  all: WatchedLoad | null;
  /** The processor was slowed down by heat during the runs. */
  throttled: boolean;
  powerBefore: BenchmarkConditions["power"];
  powerAfter: BenchmarkConditions["power"];
}

/** Share of the machine's cores. An idle desktop stays below it; one busy program on up to 20 cores is above it. */
const largestOtherShare = 0.05;
const largestStolenShare = 0.02;
/** Share of the median. On an idle machine the interquartile range of the runs is narrower. */
const largestSpread = 0.1;
const fewestForSpread = 4;
/** In seconds. Shorter runs vary even on an idle machine, because of occasional work of the system. */
const shortestForSpread = 0.2;

/** Returns whether something disturbed a measurement, with each reason. */
export function judgeNoise({ cores, tests, all, throttled, powerBefore, powerAfter }: NoiseFacts): BenchmarkNoise {
  const reasons: NoiseReason[] = [];
  const loads = [...tests, { part: { case: "all" as const }, load: all }].map(({ part, load }) => {
    return { part, otherCores: load?.otherCores ?? 0 };
  });
  const [most] = loads.toSorted((one, other) => other.otherCores - one.otherCores);
  if (most !== undefined && most.otherCores > cores * largestOtherShare) {
    reasons.push({ code: "other-load", facts: { ...most.part, share: most.otherCores / cores } });
  }
  const stolen = all?.stolenCores ?? 0;
  if (stolen > cores * largestStolenShare) {
    reasons.push({ code: "stolen", facts: { share: stolen / cores } });
  }
  for (const { part, samples, runSeconds } of tests) {
    if (samples.length < fewestForSpread || runSeconds < shortestForSpread) continue;
    const share = spreadOf(speedOf(samples));
    if (share <= largestSpread) continue;
    if (part.case === "test") reasons.push({ code: "spread", facts: { ...part, share } });
    else if (part.case === "deep") reasons.push({ code: "spread", facts: { ...part, share } });
  }
  if (throttled) {
    reasons.push({ code: "throttled", facts: {} });
  }
  if (powerBefore.source !== powerAfter.source) {
    reasons.push({ code: "power", facts: { case: powerAfter.source } });
  }
  return {
    noisy: reasons.length > 0,
    reasons,
    otherLoadCores: all?.otherCores ?? null,
    stolenCores: all?.stolenCores ?? null,
  };
}
