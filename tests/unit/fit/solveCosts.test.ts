import { expect, test } from "vitest";
import type { MachineCosts } from "../../../electron/workbench/fit/MachineCosts.ts";
import { solveCosts, type TrialOutcome } from "../../../electron/workbench/fit/solveCosts.ts";
import {
  attentionTrial,
  generateTrial,
  layerWeights,
  overheadTrial,
  readTrial,
  tokenTrial,
  type SpeedTrial,
  vocabularyTrial,
} from "../../../electron/workbench/fit/trials.ts";
import { typeBytes } from "../../../electron/workbench/fit/typeBytes.ts";

const truth: MachineCosts = {
  threads: 2,
  types: {
    Q8_0: { generateSecondsPerByte: 4e-11, readSecondsPerWeight: 1.5e-11 },
    Q4_K: { generateSecondsPerByte: 5e-11, readSecondsPerWeight: 1.2e-11 },
  },
  tokenSeconds: 4e-4,
  layerSeconds: 6e-5,
  logitSeconds: 2e-9,
  attentionGenerateSeconds: 1.4e-10,
  attentionReadSeconds: 3e-11,
  spread: 0,
  estimated: 0,
};

/** Returns the time on a machine with these costs, by the formula in docs/prediction.md. */
function outcomeOf(trial: SpeedTrial, jitter: readonly number[] = [1, 1, 1]): TrialOutcome {
  const { shape, tests } = trial;
  const cost = truth.types[shape.typeName];
  const output = truth.types[shape.outputType];
  if (cost === undefined || output === undefined) throw new Error("no such cost");
  const weights = layerWeights(shape) * shape.layers;
  const elements = shape.layers * shape.heads * 2 * shape.keyLength;
  // Small models are in the caches: layers then cost nothing, and the output half.
  const isSmall = trial.typeName === null;
  const bytes = isSmall ? 0 : typeBytes(shape.typeName, weights);
  const outputBytes = typeBytes(shape.outputType, shape.width * shape.vocabulary) / (isSmall ? 2 : 1);
  const samples = tests.map(({ depth, promptTokens }) => {
    const generation =
      bytes * cost.generateSecondsPerByte +
      outputBytes * output.generateSecondsPerByte +
      truth.tokenSeconds +
      shape.layers * truth.layerSeconds +
      shape.vocabulary * truth.logitSeconds +
      depth * elements * truth.attentionGenerateSeconds;
    const reading =
      // llama.cpp leaves the last layer's feed-forward part out for all but the last token.
      (weights - 3 * shape.width * shape.feedForward) * cost.readSecondsPerWeight +
      (truth.tokenSeconds + shape.layers * truth.layerSeconds) / promptTokens +
      (depth + promptTokens / 2) * elements * truth.attentionReadSeconds;
    const seconds = promptTokens === 0 ? generation : reading;
    return jitter.map((factor) => 1 / (seconds * factor));
  });
  return { trial, otherCores: 0, samples };
}

const trials = [
  vocabularyTrial,
  overheadTrial,
  tokenTrial,
  attentionTrial,
  ...["Q8_0", "Q4_K"].flatMap((name) => [generateTrial(name, 128e6), readTrial(name)]),
];

test("recovers the costs from the times that they caused", () => {
  const solved = solveCosts(
    trials.map((trial) => outcomeOf(trial)),
    2,
  );
  const near = (found: number | undefined, wanted: number): void => expect((found ?? 0) / wanted).toBeCloseTo(1, 1);
  near(solved.tokenSeconds, truth.tokenSeconds);
  near(solved.layerSeconds, truth.layerSeconds);
  near(solved.logitSeconds, truth.logitSeconds);
  near(solved.attentionGenerateSeconds, truth.attentionGenerateSeconds);
  near(solved.attentionReadSeconds, truth.attentionReadSeconds);
  for (const name of ["Q8_0", "Q4_K"]) {
    near(solved.types[name]?.generateSecondsPerByte, truth.types[name]?.generateSecondsPerByte ?? 0);
    near(solved.types[name]?.readSecondsPerWeight, truth.types[name]?.readSecondsPerWeight ?? 0);
  }
  expect(solved.spread).toBeCloseTo(0);
});

test("one run that another program slowed down does not count, but shows in the spread", () => {
  const solved = solveCosts(
    trials.map((trial) => outcomeOf(trial, [1, 1, 3, 1, 1])),
    2,
  );
  expect((solved.types["Q8_0"]?.generateSecondsPerByte ?? 0) / 4e-11).toBeCloseTo(1, 1);
  expect(solved.spread).toBeGreaterThan(0.5);
});

test("a fixed cost that is ten times too large does not absorb the others", () => {
  const solved = solveCosts(
    trials.map((trial) => outcomeOf(trial, trial.id === "token" ? [10, 10, 10] : [1, 1, 1])),
    2,
  );
  expect(solved.tokenSeconds).toBeLessThan(2 * truth.tokenSeconds);
  expect((solved.types["Q4_K"]?.generateSecondsPerByte ?? 0) / 5e-11).toBeGreaterThan(0.9);
});

test("noise never makes a cost negative, and no required trial may be missing", () => {
  const backwards = trials.map((trial) => outcomeOf(trial, trial.id === "overhead" ? [0.001] : [1]));
  expect(solveCosts(backwards, 2).layerSeconds).toBe(0);
  expect(() => solveCosts([], 2)).toThrow('The trial "overhead" is missing.');
});
