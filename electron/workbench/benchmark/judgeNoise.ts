import type { BenchmarkConditions, BenchmarkNoise } from "../../contract/benchmark.ts";
import { speedOf, spreadOf } from "./speedOf.ts";
import type { WatchedLoad } from "./LoadWatch.ts";

export interface NoiseFacts {
  /** Logical cores of the machine. */
  cores: number;
  /** `runSeconds`: of one timed run. */
  tests: { label: string; samples: readonly number[]; runSeconds: number; load: WatchedLoad | null }[];
  all: WatchedLoad | null;
  /** The processor slowed itself down for heat while it ran. */
  throttled: boolean;
  powerBefore: BenchmarkConditions["power"];
  powerAfter: BenchmarkConditions["power"];
}

/** Of the machine's cores. A desktop at rest stays below; one busy program on up to 20 cores is above. */
const largestOtherShare = 0.05;
const largestStolenShare = 0.02;
/** Of the median: the middle half of a quiet machine's runs lies within. */
const largestSpread = 0.1;
const fewestForSpread = 4;
/** Shorter runs differ by what the system does now and then, on a quiet machine as well. */
const shortestForSpread = 0.2;

/** Whether something disturbed a benchmark, with each reason as a sentence. */
export function judgeNoise({ cores, tests, all, throttled, powerBefore, powerAfter }: NoiseFacts): BenchmarkNoise {
  const reasons: BenchmarkNoise["reasons"] = [];
  const loads = [...tests, { label: "all tests", load: all }].map(({ label, load }) => {
    return { label, otherCores: load?.otherCores ?? 0 };
  });
  const [most] = loads.toSorted((one, other) => other.otherCores - one.otherCores);
  if (most !== undefined && most.otherCores > cores * largestOtherShare) {
    const message = `Other programs kept ${most.otherCores.toFixed(1)} of ${cores} cores busy during ${most.label}.`;
    reasons.push({ kind: "other-load", message });
  }
  const stolen = all?.stolenCores ?? 0;
  if (stolen > cores * largestStolenShare) {
    const message = `This virtual machine's host took ${stolen.toFixed(1)} of its ${cores} cores away.`;
    reasons.push({ kind: "stolen", message });
  }
  for (const { label, samples, runSeconds } of tests) {
    if (samples.length < fewestForSpread || runSeconds < shortestForSpread) continue;
    const spread = spreadOf(speedOf(samples));
    if (spread <= largestSpread) continue;
    const message = `The runs of ${label} differ: their middle half spans ${Math.round(spread * 100)} % of the median.`;
    reasons.push({ kind: "spread", message });
  }
  if (throttled) {
    reasons.push({ kind: "throttled", message: "The processor slowed itself down because of heat." });
  }
  if (powerBefore.source !== powerAfter.source) {
    const message = `The power changed from ${powerBefore.source} to ${powerAfter.source} during the run.`;
    reasons.push({ kind: "power", message });
  }
  return {
    noisy: reasons.length > 0,
    reasons,
    otherLoadCores: all?.otherCores ?? null,
    stolenCores: all?.stolenCores ?? null,
  };
}
