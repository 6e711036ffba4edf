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

/** What a trial gave: for each of its tests, the tokens per second of each timed run. Cut short: fewer, or none. */
export interface TrialOutcome {
  trial: SpeedTrial;
  /** Cores that other programs kept busy beside it, or just after where its runs were too short to tell. */
  otherCores: number;
  samples: number[][];
}

/**
 * Costs from the trials' times, by the same sum that predicts (docs/prediction.md), solved for one unknown at a time:
 * each trial is made so that nearly all of its time is one of them. Fails when one of the first four trials is missing;
 * a type counts once both of its trials are there.
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
  // Threads that the system puts on one core make thin layers dear: the thicker ones of another trial set a limit.
  const perLayer = (many: TrialOutcome): number => {
    const { shape } = many.trial;
    const fewerLogits = vocabulary.trial.shape.vocabulary - shape.vocabulary;
    const seconds = secondsPerToken(many, 0) + fewerLogits * logitSeconds - single;
    return atLeastZero(seconds) / (shape.layers - vocabulary.trial.shape.layers);
  };
  const layerSeconds = Math.min(perLayer(overhead), perLayer(attention));
  const { layers, vocabulary: logits } = token.trial.shape;
  const rest = secondsPerToken(token, 0) - layers * layerSeconds - logits * logitSeconds;
  // Its few megabytes lie in a cache, which is about twice as fast as memory.
  const cached = typeGenerateSeconds(outcomes, token.trial.shape.outputType, layerSeconds, 0) / 2;
  // Now and then that trial alone has its threads wait for each other; another one's whole token sets a limit.
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
    // On average a token sees half of the prompt before it.
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

/** For a byte of the type's matrices; 0: it was not measured. */
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

/** Of the fastest quarter's slowest run: other programs can only slow a run down, and one lucky run is no measure. */
export function secondsPerToken({ samples }: Pick<TrialOutcome, "samples">, test: number): number {
  const fastestFirst = (samples[test] ?? []).toSorted((a, b) => b - a);
  return 1 / (fastestFirst[Math.floor((fastestFirst.length - 1) / 4)] ?? Number.NaN);
}

/** From slowest to fastest run, as a share of the middle one. */
const relativeSpread = (samples: number[]): number => (Math.max(...samples) - Math.min(...samples)) / median(samples);

/** Noise can make a small difference of two times negative. */
const atLeastZero = (value: number): number => Math.max(0, value);
