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
 * Deviations of the logarithm where too few trials ended in time: some runs tell how many times slower a device is than
 * another; none tells only that it is slow. So slow it is then taken to be.
 */
const fewRunsError = 0.6;
const noRunError = 1.4;
const slowerWithoutRuns = 15;

/**
 * What evaluating costs on a device: from its trials where enough of them ended in time, else as much slower than a
 * device whose costs are known as the runs that there are tell, which is estimated and says so.
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

/** The first four, and one type's both. */
function suffice(outcomes: readonly TrialOutcome[]): boolean {
  const ids = new Set(outcomes.map(({ trial }) => trial.id));
  const general = [vocabularyTrial, overheadTrial, tokenTrial, attentionTrial].every(({ id }) => ids.has(id));
  return (
    general && outcomes.some(({ trial }) => ids.has(`read ${trial.typeName}`) && ids.has(`generate ${trial.typeName}`))
  );
}

/** Seconds per token that one of a trial's tests would take with these costs: the sum that predicts, for its model. */
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
