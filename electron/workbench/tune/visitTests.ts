import type { MeasureTest } from "../../contract/engineProtocol.ts";
import { r1Case } from "../../contract/r1Case.ts";
import type { SettingsInUse, TunedSetting } from "../../contract/tune.ts";
import type { Trial } from "./nextTrial.ts";

/** What one visit measures: tokens read and tokens written, at a depth. */
export interface VisitTests {
  promptTokens: number;
  generatedTokens: number;
  depth: number;
  /** Timed runs of each, after a warm-up. */
  runs: number;
}

export interface KnownSpeeds {
  readTokensPerSecond: number;
  writtenTokensPerSecond: number;
}

const usualRuns = 3;
/** If one token takes longer than a second, there is no time for more; a gain must then be larger. */
const fewestRuns = 1;
/** Seconds of one timed run: long enough to be measured, short enough for many. */
const longestRunSeconds = 0.7;
const shortestRunSeconds = 0.15;
/** Runs in the time left, so that there is room for several trials of about 20 runs. */
const runsInTime = 150;
/** The cost of attention shows only at some depth: on average, R1 writes at this one. Filling it must not take long. */
const r1Depth = r1Case.promptTokens + r1Case.generatedTokens / 2;
const leastDepth = 1024;
const filledRuns = 15;

/** Returns tests of at most about 0.7 s a run. With too many threads even one token may take seconds. */
export function usualTests(speeds: KnownSpeeds, contextSize: number, secondsLeft: number): VisitTests {
  const runSeconds = Math.max(shortestRunSeconds, Math.min(longestRunSeconds, secondsLeft / runsInTime));
  const promptTokens = within(runSeconds * speeds.readTokensPerSecond, 8, Math.min(512, contextSize / 2));
  const generatedTokens = within(runSeconds * speeds.writtenTokensPerSecond, 1, Math.min(128, contextSize / 4));
  const runs = speeds.writtenTokensPerSecond < 1 ? fewestRuns : usualRuns;
  return { promptTokens, generatedTokens, depth: 0, runs };
}

/** Returns tests that show what these settings change: a batch needs a prompt that fills it, attention needs depth. */
export function testsFor(
  changes: readonly Trial[],
  usual: VisitTests,
  inUse: SettingsInUse,
  contextSize: number,
): VisitTests {
  const has = (setting: TunedSetting): boolean => changes.some((change) => change.setting === setting);
  const batches = changes.flatMap(({ setting, to }) => (setting === "batchSize" ? [Number(to), inUse.batchSize] : []));
  const room = contextSize - usual.generatedTokens;
  const promptTokens = Math.min(room, Math.max(usual.promptTokens, ...batches));
  const quickDepth = Math.max(leastDepth, Math.min(r1Depth, filledRuns * usual.promptTokens));
  const depth = has("flashAttention") || has("kvCacheType") ? Math.min(quickDepth, room - promptTokens) : 0;
  return { ...usual, promptTokens, depth: Math.max(0, depth) };
}

/** Returns the tests in the order in which the engine measures them: reading, then writing. */
export function measureTests({ promptTokens, generatedTokens, depth }: VisitTests): [MeasureTest, MeasureTest] {
  return [
    { promptTokens, generatedTokens: 0, depth },
    { promptTokens: 0, generatedTokens, depth },
  ];
}

/** Returns the seconds of a visit with a loaded model: filling the context, a warm-up and the timed runs. */
export function secondsOfVisit(
  { promptTokens, generatedTokens, depth, runs }: VisitTests,
  speeds: KnownSpeeds,
): number {
  const read = depth + promptTokens * (1 + runs);
  return read / speeds.readTokensPerSecond + (generatedTokens * runs + 1) / speeds.writtenTokensPerSecond;
}

const within = (value: number, least: number, most: number): number =>
  Math.max(Math.min(least, Math.floor(most)), Math.min(Math.floor(most), Math.round(value)));
