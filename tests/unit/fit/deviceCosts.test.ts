import { expect, test } from "vitest";
import { deviceCosts } from "../../../electron/workbench/fit/deviceCosts.ts";
import type { MachineCosts } from "../../../electron/workbench/fit/MachineCosts.ts";
import { predictSpeed, type TimedModel } from "../../../electron/workbench/fit/predictSpeed.ts";
import { scaledCosts } from "../../../electron/workbench/fit/scaledCosts.ts";
import type { TrialOutcome } from "../../../electron/workbench/fit/solveCosts.ts";
import {
  attentionTrial,
  generateTrial,
  overheadTrial,
  readTrial,
  tokenTrial,
  type SpeedTrial,
  vocabularyTrial,
} from "../../../electron/workbench/fit/trials.ts";
import { typicalCosts } from "../../../electron/workbench/fit/typicalCosts.ts";

const reference = typicalCosts(2);
const trials = [
  vocabularyTrial,
  overheadTrial,
  tokenTrial,
  attentionTrial,
  generateTrial("Q4_K", 96e6),
  readTrial("Q4_K"),
];
const outcome = (trial: SpeedTrial, tests: number, tokensPerSecond = 1): TrialOutcome => ({
  trial,
  otherCores: 0,
  samples: trial.tests.map((_, test) => (test < tests ? [tokensPerSecond] : [])),
});
const model: TimedModel = {
  key: "seven",
  shape: {
    layers: 28,
    width: 3584,
    heads: 28,
    keyValueHeads: 4,
    keyLength: 128,
    valueLength: 128,
    feedForward: 18_944,
    vocabulary: 152_064,
    experts: 0,
    activeExperts: 0,
    latentKeyValueElements: null,
    weightsBytes: 4.7e9,
    repackableBytes: 0,
    largestTensorBytes: 4e8,
  },
  matrices: [{ use: "layers", typeName: "Q4_K", weights: 7e9, sizeBytes: 4e9 }],
  certainty: "known",
};
const predicted = (costs: MachineCosts, observations: Parameters<typeof predictSpeed>[2] = []) =>
  predictSpeed(model, situation(costs), observations).generation;
const situation = (costs: MachineCosts) => ({ places: [{ costs, share: 1 }], threads: 2, depth: 0 });
const width = ({ low, high }: { low: number; high: number }): number => high / low;

test("if everything needed was measured, nothing is estimated", () => {
  const costs = deviceCosts(
    trials.map((trial) => outcome(trial, trial.tests.length)),
    2,
    reference,
  );
  expect(costs).toMatchObject({ threads: 2, estimated: 0 });
});

test.each([
  ["without the last trial", trials.slice(0, 5).map((trial) => outcome(trial, trial.tests.length))],
  ["with a trial that was cut short", trials.map((trial) => outcome(trial, trial === attentionTrial ? 2 : 9))],
  ["with a single run", [outcome(vocabularyTrial, 1)]],
  ["without any", [outcome(vocabularyTrial, 0)]],
  ["with none begun", []],
])("%s the speed is estimated, in a wider range", (_, outcomes) => {
  const costs = deviceCosts(outcomes, 2, reference);
  expect(costs.estimated).toBeGreaterThan(0);
  expect(width(predicted(costs))).toBeGreaterThan(3 * width(predicted(reference)));
});

test("runs tell how many times slower it is; without any, it is assumed to be slow, with less certainty", () => {
  const truth = scaledCosts(reference, 40);
  // For a single layer, whose time follows from the costs that all models share.
  const seconds = truth.tokenSeconds + truth.layerSeconds + 8192 * truth.logitSeconds;
  const some = deviceCosts([outcome(tokenTrial, 1, 1 / seconds)], 2, reference);
  const none = deviceCosts([], 2, reference);
  const right = predicted(truth).value;
  expect(predicted(some).low).toBeLessThan(right);
  expect(predicted(some).high).toBeGreaterThan(right);
  expect(predicted(none).low).toBeLessThan(right);
  expect(predicted(none).high).toBeGreaterThan(right);
  expect(predicted(none).value).toBeLessThan(predicted(reference).low);
  expect(width(predicted(none))).toBeGreaterThan(width(predicted(some)));
});

test("an estimate based on an estimate is less certain than one based on a measurement", () => {
  const estimated = deviceCosts([], 2, reference);
  expect(deviceCosts([], 2, estimated).estimated).toBeGreaterThan(estimated.estimated);
});

test("one real measurement of another model narrows the range of an estimate", () => {
  const costs = deviceCosts([], 2, reference);
  const other = { ...model, key: "other" };
  const tokensPerSecond = predicted(costs).value / 5;
  const observed = {
    model: other,
    situation: situation(costs),
    kind: "generation" as const,
    tokensPerSecond,
    error: 0.1,
  };
  expect(width(predicted(costs, [observed]))).toBeLessThan(width(predicted(costs)));
  expect(Math.abs(Math.log(predicted(costs, [observed]).value / tokensPerSecond))).toBeLessThan(0.2);
});
