import type { SpeedChanges } from "../../contract/benchmarkComparison.ts";
import { r1Case, r1CaseSeconds } from "../../contract/r1Case.ts";
import type { TuneFigures } from "../../contract/tune.ts";
import { speedChange } from "../benchmark/speedChanges.ts";
import { speedOf } from "../benchmark/speedOf.ts";
import type { Trial } from "./nextTrial.ts";
import type { Visit } from "./TrialBench.ts";

/** Returns the figures of some settings over all visits. At least one visit is needed. */
export function tuneFigures(visits: readonly Visit[]): TuneFigures {
  const reading = figureOf(visits.flatMap((visit) => visit.reading));
  const writing = figureOf(visits.flatMap((visit) => visit.writing));
  return { reading, writing, replySeconds: r1CaseSeconds(reading.median, writing.median) };
}

function figureOf(samples: readonly number[]): TuneFigures["reading"] {
  const { median, lowerQuartile, upperQuartile } = speedOf(samples);
  return { median, lowerQuartile, upperQuartile };
}

/** Returns how writing and reading differ between two settings. Both need at least one visit. */
export function changesBetween(before: readonly Visit[], after: readonly Visit[]): SpeedChanges {
  const changeOf = (part: "writing" | "reading") =>
    speedChange(speedOf(before.flatMap((visit) => visit[part])), speedOf(after.flatMap((visit) => visit[part])));
  return { writing: changeOf("writing"), reading: changeOf("reading") };
}

/** Returns how long a typical reply would take, by each run of a visit. A batch size changes reading only. */
export function secondsOfRuns({ reading, writing }: Visit, { setting }: Pick<Trial, "setting">): number[] {
  if (setting === "batchSize") return reading.map((speed) => r1Case.promptTokens / speed);
  return reading.map((speed, run) => r1CaseSeconds(speed, writing[run] ?? Number.NaN));
}
