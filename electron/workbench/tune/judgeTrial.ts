import { median } from "../median.ts";
import { speedOf } from "../benchmark/speedOf.ts";

export interface Verdict {
  /** `clearly-slower`: a second measurement is not needed. */
  kind: "gain" | "no-gain" | "clearly-slower";
  /** How many times as fast. */
  faster: number;
}

/** A smaller gain is not worth changing a setting. */
const usualLeastGain = 1.02;
/** With so few runs the spread is not known, so that a gain must be much larger than the usual variation. */
const fewRuns = 3;
const leastGainOfFewRuns = 1.25;

/**
 * Compares the seconds that the same work took in alternating visits. A gain is larger than the spread: the
 * interquartile ranges do not overlap, and each visit with the tried settings was faster than each with those in use.
 */
export function judgeTrial(inUse: readonly number[][], tried: readonly number[][]): Verdict {
  const before = speedOf(inUse.flat());
  const after = speedOf(tried.flat());
  const faster = before.median / after.median;
  const hasFewRuns = [...inUse, ...tried].some(({ length }) => length < fewRuns);
  const leastGain = hasFewRuns ? leastGainOfFewRuns : usualLeastGain;
  const isBeyond = after.upperQuartile < before.lowerQuartile;
  const inEachVisit = Math.max(...tried.map(median)) < Math.min(...inUse.map(median));
  if (faster >= leastGain && isBeyond && inEachVisit) return { kind: "gain", faster };
  const isSlower = faster <= 1 / leastGain && after.lowerQuartile > before.upperQuartile;
  return { kind: isSlower ? "clearly-slower" : "no-gain", faster };
}
