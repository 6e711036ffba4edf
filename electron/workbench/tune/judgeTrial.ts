import { median } from "../median.ts";
import { speedOf } from "../benchmark/speedOf.ts";

export interface Verdict {
  /** `clearly-slower`: what is compared need not be measured a second time. */
  kind: "gain" | "no-gain" | "clearly-slower";
  /** How many times as fast. */
  faster: number;
}

/** Less than this is not worth another setting. */
const usualLeastGain = 1.02;
/** From so few runs a spread cannot be told, so that a gain must be far beyond what machines vary by. */
const fewRuns = 3;
const leastGainOfFewRuns = 1.25;

/**
 * Compares the seconds that one and the same work took, in visits made in turns. A gain lies beyond the spread: the
 * middle halves of both do not touch, and each visit of the tried settings was faster than each of those in use.
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
