import { median } from "../median.ts";
import type { MachineCosts, TypeCost } from "./MachineCosts.ts";
import type { TrialShape } from "./trialModel.ts";
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
 * The result of a trial: for each of its tests, the tokens per second of each timed run. Fewer or none if it was cut
 * short.
 */
export interface TrialOutcome {
  trial: SpeedTrial;
  /** Number of cores that other programs kept busy during it, or just after it if its runs were too short. */
  otherCores: number;
  samples: number[][];
}

/**
 * Returns the costs from the trials' times, using the same sum as a prediction (docs/prediction.md), solved for one
 * unknown at a time: in each trial, nearly all of the time is due to one of them. Throws if one of the first four
 * trials is missing. A type is included once both of its trials are there.
 */
export function solveCosts(outcomes: readonly TrialOutcome[], threads: number): MachineCosts {
  const named = (id: string): TrialOutcome => {
    const outcome = outcomes.find(({ trial }) => trial.id === id);
    if (outcome === undefined) throw new Error(`The trial "${id}" is missing.`);
    return outcome;
  };
  const [overhead, vocabulary] = [named(overheadTrial.id), named(vocabularyTrial.id)];
  const [token, attention] = [named(tokenTrial.id), named(attentionTrial.id)];
  const single = secondsPerToken(vocabulary, 0);

  const moreLogits = vocabulary.trial.shape.vocabulary - token.trial.shape.vocabulary;
  const logitSeconds = atLeastZero(single - secondsPerToken(token, 0)) / moreLogits;
  // If the system puts several threads on one core, thin layers take too long, so the thicker ones of another trial set
  // a limit.
  const perLayer = (many: TrialOutcome): number => {
    const { shape } = many.trial;
    const fewerLogits = vocabulary.trial.shape.vocabulary - shape.vocabulary;
    const seconds = secondsPerToken(many, 0) + fewerLogits * logitSeconds - single;
    return atLeastZero(seconds) / (shape.layers - vocabulary.trial.shape.layers);
  };
  const layerSeconds = Math.min(perLayer(overhead), perLayer(attention));
  const { layers, vocabulary: logits } = token.trial.shape;
  const rest = secondsPerToken(token, 0) - layers * layerSeconds - logits * logitSeconds;
  // These few megabytes are in a cache, which is about twice as fast as memory.
  const cached = typeGenerateSeconds(outcomes, token.trial.shape.outputType, layerSeconds, 0) / 2;
  // Sometimes the threads wait for each other only in that trial, so the whole token of another one sets a limit.
  const tokenSeconds = Math.min(atLeastZero(rest - cached * outputBytes(token.trial.shape)), single);

  const attentionSeconds = (shallow: number, deep: number): number => {
    const { shape, tests } = attention.trial;
    const elements = shape.layers * shape.heads * 2 * shape.keyLength * (tests[deep]?.depth ?? 1);
    return atLeastZero(secondsPerToken(attention, deep) - secondsPerToken(attention, shallow)) / elements;
  };
  const attentionReadSeconds = attentionSeconds(1, 3);

  const types: Record<string, TypeCost> = {};
  for (const { trial, samples } of outcomes) {
    if (trial.typeName === null || trial.tests[0]?.promptTokens === 0) continue;
    const { shape, tests } = trial;
    const promptTokens = tests[0]?.promptTokens ?? 1;
    // On average a token attends to half of the prompt.
    const seen = (promptTokens / 2) * shape.layers * shape.heads * 2 * shape.keyLength * attentionReadSeconds;
    const seconds =
      secondsPerToken({ samples }, 0) - (shape.layers * layerSeconds + tokenSeconds) / promptTokens - seen;
    types[trial.typeName] = {
      generateSecondsPerByte: typeGenerateSeconds(outcomes, trial.typeName, layerSeconds, tokenSeconds),
      readSecondsPerWeight: atLeastZero(seconds) / readWeights(shape),
    };
  }
  return {
    threads,
    types,
    tokenSeconds,
    layerSeconds,
    logitSeconds,
    attentionGenerateSeconds: attentionSeconds(0, 2),
    attentionReadSeconds,
    spread: median(outcomes.flatMap(({ samples }) => samples.map(relativeSpread))),
    estimated: 0,
  };
}

/** Returns the seconds per byte of the type's matrices. 0 if it was not measured. */
function typeGenerateSeconds(
  outcomes: readonly TrialOutcome[],
  typeName: string,
  layerSeconds: number,
  tokenSeconds: number,
): number {
  const outcome = outcomes.find(({ trial }) => trial.typeName === typeName && trial.tests[0]?.promptTokens === 0);
  if (outcome === undefined) return 0;
  const { shape } = outcome.trial;
  const bytes = typeBytes(typeName, layerWeights(shape) * shape.layers) + outputBytes(shape);
  return atLeastZero(secondsPerToken(outcome, 0) - shape.layers * layerSeconds - tokenSeconds) / bytes;
}

export const outputBytes = ({ outputType, width, vocabulary }: TrialShape): number =>
  typeBytes(outputType, width * vocabulary);

/**
 * Returns the time of the slowest run in the fastest quarter: other programs can only slow a run down, and a single
 * fast run is not reliable.
 */
export function secondsPerToken({ samples }: Pick<TrialOutcome, "samples">, test: number): number {
  const fastestFirst = (samples[test] ?? []).toSorted((a, b) => b - a);
  return 1 / (fastestFirst[Math.floor((fastestFirst.length - 1) / 4)] ?? Number.NaN);
}

/** Returns the range of the runs, relative to their median. */
const relativeSpread = (samples: number[]): number => (Math.max(...samples) - Math.min(...samples)) / median(samples);

/** Noise can make a small difference between two times negative. */
const atLeastZero = (value: number): number => Math.max(0, value);
