import { median } from "../median.ts";
import { costOfType } from "./costOfType.ts";
import type { MachineCosts } from "./MachineCosts.ts";
import { scaledCosts } from "./scaledCosts.ts";
import { outputBytes, secondsPerToken, solveCosts, type TrialOutcome } from "./solveCosts.ts";
import {
  attentionTrial,
  layerWeights,
  overheadTrial,
  readWeights,
  tokenTrial,
  type SpeedTrial,
  vocabularyTrial,
} from "./trials.ts";
import { typeBytes } from "./typeBytes.ts";

/**
 * Standard deviations of the logarithm if too few trials were completed in time. A few runs show how many times slower
 * one device is than another. If there are none, the device is only known to be slow, and that slow is assumed.
 */
const fewRunsError = 0.6;
const noRunError = 1.4;
const slowerWithoutRuns = 15;

/**
 * Returns the costs of evaluation on a device: from its trials if enough were completed in time, or else scaled from a
 * device with known costs by the runs that exist, and marked as estimated.
 *
 * @param reference costs for the same number of threads
 */
export function deviceCosts(outcomes: readonly TrialOutcome[], threads: number, reference: MachineCosts): MachineCosts {
  const complete = outcomes.filter(({ trial, samples }) => trial.tests.every((_, test) => hasRuns(samples[test])));
  if (suffice(complete)) return solveCosts(complete, threads);
  const ratios = outcomes.flatMap(({ trial, samples }) =>
    samples.flatMap((runs, test) => {
      if (!hasRuns(runs)) return [];
      return [Math.log(secondsPerToken({ samples }, test) / trialSeconds(trial, test, reference))];
    }),
  );
  const slower = ratios.length === 0 ? slowerWithoutRuns : Math.exp(median(ratios));
  const own = ratios.length === 0 ? noRunError : fewRunsError;
  return { ...scaledCosts(reference, slower), threads, estimated: Math.hypot(own, reference.estimated) };
}

const hasRuns = (runs: readonly number[] | undefined): boolean => runs !== undefined && runs.length > 0;

/** Returns whether the first four trials and both of one type are there. */
function suffice(outcomes: readonly TrialOutcome[]): boolean {
  const ids = new Set(outcomes.map(({ trial }) => trial.id));
  const general = [vocabularyTrial, overheadTrial, tokenTrial, attentionTrial].every(({ id }) => ids.has(id));
  return (
    general && outcomes.some(({ trial }) => ids.has(`read ${trial.typeName}`) && ids.has(`generate ${trial.typeName}`))
  );
}

/**
 * Returns the seconds per token that one of a trial's tests would take with these costs, computed as in a prediction.
 */
function trialSeconds({ shape, tests }: SpeedTrial, test: number, costs: MachineCosts): number {
  const { depth = 0, promptTokens = 0 } = tests[test] ?? {};
  const { typeName, outputType, layers, vocabulary } = shape;
  const weights = layerWeights(shape) * layers;
  const cost = (name: string) => costOfType(costs, { typeName: name, weights: 1, sizeBytes: typeBytes(name, 1) });
  const elements = layers * shape.heads * 2 * shape.keyLength;
  const fixed = costs.tokenSeconds + layers * costs.layerSeconds;
  if (promptTokens === 0) {
    const matrices =
      typeBytes(typeName, weights) * cost(typeName).generateSecondsPerByte +
      outputBytes(shape) * cost(outputType).generateSecondsPerByte;
    return fixed + vocabulary * costs.logitSeconds + matrices + depth * elements * costs.attentionGenerateSeconds;
  }
  const seen = (depth + promptTokens / 2) * elements * costs.attentionReadSeconds;
  return fixed / promptTokens + readWeights(shape) * cost(typeName).readSecondsPerWeight + seen;
}
