import { median } from "../median.ts";
import type { MachineCosts, TypeCost } from "./MachineCosts.ts";
import type { TrialShape } from "./trialModel.ts";
import { attentionTrial, layerWeights, overheadTrial, type Trial, vocabularyTrial } from "./trials.ts";
import { typeBytes } from "./typeBytes.ts";

/** What a trial gave: for each of its tests, the tokens per second of each timed run. */
export interface TrialOutcome {
  trial: Trial;
  /** Cores that other programs kept busy just before. */
  otherCores: number;
  samples: number[][];
}

/**
 * Costs from the trials' times, by the same sum that predicts (docs/prediction.md), solved for one unknown at a time:
 * each trial is made so that nearly all of its time is one of them. Needs the trials "overhead", "vocabulary" and
 * "attention" and one type or more; the rest may be missing.
 */
export function solveCosts(outcomes: readonly TrialOutcome[], threads: number): MachineCosts {
  const byId = new Map(outcomes.map((outcome) => [outcome.trial.id, outcome]));
  const [overhead, vocabulary, attention] = [overheadTrial, vocabularyTrial, attentionTrial].map(({ id }) => {
    const outcome = byId.get(id);
    if (outcome === undefined) throw new Error(`The trial "${id}" is missing.`);
    return outcome;
  }) as [TrialOutcome, TrialOutcome, TrialOutcome];

  const thin = vocabulary.trial.shape;
  const moreLayers = overhead.trial.shape.layers - thin.layers;
  const layerSeconds = atLeastZero(secondsPerToken(overhead, 0) - secondsPerToken(vocabulary, 0)) / moreLayers;
  const outputType = byId.get(thin.outputType);
  const outputSeconds =
    outputType === undefined ? 0 : typeCost(outputType, layerSeconds, 0).generateSecondsPerByte * outputBytes(thin);
  const logits = secondsPerToken(vocabulary, 0) - layerSeconds * thin.layers - outputSeconds;

  const { layers, heads, keyLength } = attention.trial.shape;
  const perElement = (shallow: number, deep: number): number => {
    const elements = layers * heads * 2 * keyLength * (attention.trial.tests[deep]?.depth ?? 1);
    return atLeastZero(secondsPerToken(attention, deep) - secondsPerToken(attention, shallow)) / elements;
  };
  const attentionReadSeconds = perElement(1, 3);

  const types = outcomes
    .filter(({ trial }) => !fixedTrials.has(trial.id))
    .map((outcome) => [outcome.trial.id, typeCost(outcome, layerSeconds, attentionReadSeconds)] as const);
  return {
    threads,
    types: Object.fromEntries(types),
    layerSeconds,
    logitSeconds: atLeastZero(logits) / thin.vocabulary,
    attentionGenerateSeconds: perElement(0, 2),
    attentionReadSeconds,
    spread: median(outcomes.flatMap(({ samples }) => samples.map(relativeSpread))),
  };
}

const fixedTrials: ReadonlySet<string> = new Set([overheadTrial, vocabularyTrial, attentionTrial].map(({ id }) => id));

function typeCost(outcome: TrialOutcome, layerSeconds: number, attentionReadSeconds: number): TypeCost {
  const { shape, tests } = outcome.trial;
  const overhead = layerSeconds * shape.layers;
  const weights = layerWeights(shape) * shape.layers;
  const bytes = typeBytes(shape.typeName, weights) + outputBytes(shape);
  const promptTokens = tests[1]?.promptTokens ?? 1;
  // On average a token sees half of the prompt before it.
  const attention = (promptTokens / 2) * shape.layers * shape.heads * 2 * shape.keyLength * attentionReadSeconds;
  return {
    generateSecondsPerByte: atLeastZero(secondsPerToken(outcome, 0) - overhead) / bytes,
    readSecondsPerWeight: atLeastZero(secondsPerToken(outcome, 1) - overhead / promptTokens - attention) / weights,
  };
}

const outputBytes = ({ outputType, width, vocabulary }: TrialShape): number =>
  typeBytes(outputType, width * vocabulary);

/** Of the fastest runs' slowest quarter: other programs can only slow a run down, and one lucky run is no measure. */
function secondsPerToken({ samples }: TrialOutcome, test: number): number {
  const fastestFirst = (samples[test] ?? []).toSorted((a, b) => b - a);
  const quarter = fastestFirst[Math.floor((fastestFirst.length - 1) / 4)] ?? Number.NaN;
  return 1 / quarter;
}

/** From slowest to fastest run, as a share of the middle one. */
const relativeSpread = (samples: number[]): number => (Math.max(...samples) - Math.min(...samples)) / median(samples);

/** Noise can make a small difference of two times negative. */
const atLeastZero = (value: number): number => Math.max(0, value);
