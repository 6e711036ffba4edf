import type { Prediction, SpeedPrediction } from "../../contract/fit.ts";
import type { MatrixGroup, ModelShape } from "../../contract/models.ts";
import { costOfType } from "./costOfType.ts";
import { learnedBias, type ObservedBias } from "./learnedBias.ts";
import type { MachineCosts } from "./MachineCosts.ts";

/** The properties of a model that affect its speed. */
export interface TimedModel {
  /** Identifies the file. */
  key: string;
  shape: ModelShape;
  matrices: readonly MatrixGroup[];
  /**
   * `known`: shape and types were read from the file or are in the catalogue. `guessed`: they were derived from its
   * name and size.
   */
  certainty: "known" | "guessed";
}

/** Where layers run, and their share of all layers. */
export interface Place {
  costs: MachineCosts;
  share: number;
  /** Its share of the experts, if they are placed apart from the layers that they belong to. */
  experts?: number;
}

export interface Situation {
  /** The shares add up to 1, and so do those of the experts. */
  places: readonly Place[];
  threads: number;
  /** Number of tokens in the context beforehand. */
  depth: number;
}

/** A measurement on this machine. */
export interface Observation {
  model: TimedModel;
  situation: Situation;
  kind: "generation" | "reading";
  tokensPerSecond: number;
  /** Standard deviation of its logarithm, approximately the relative error. */
  error: number;
}

/** Like llama-bench's tests tg128, and pp512 in one batch. */
const generatedTokens = 128;
const promptTokens = 512;

/** Standard deviations of the prediction's logarithm by their cause. Found by comparison: docs/prediction.md. */
const errors = { guessed: 0.2, experts: 0.15, otherThreads: 0.2, severalPlaces: 0.25, small: 0.4 };
/** Smaller models fit in the CPU caches, so their speed says nothing about larger ones. */
export const smallBytes = 100e6;
/** The logarithm is within this many standard deviations nine times out of ten. */
const ninetyPercent = 1.645;

/**
 * Returns the tokens per second of a model in a situation, from the costs of the machine's small trials, corrected by
 * measurements on it. A pure function, derived in docs/prediction.md. Throws if the costs contain no tensor type.
 */
export function predictSpeed(
  model: TimedModel,
  situation: Situation,
  observations: readonly Observation[] = [],
): SpeedPrediction {
  const predicted = (kind: Observation["kind"]): Prediction => {
    const { seconds, error, commonError } = estimate(kind, model, situation);
    const biases = observations.map((observation): ObservedBias => {
      const expected = estimate(observation.kind, observation.model, observation.situation);
      return {
        key: observation.model.key,
        kind: observation.kind,
        bias: Math.log(observation.tokensPerSecond * expected.seconds),
        error: observation.error,
      };
    });
    const learned = learnedBias(biases, model.key, kind, error, commonError);
    const value = Math.exp(learned.bias) / seconds;
    const factor = Math.exp(ninetyPercent * learned.error);
    return { value, low: value / factor, high: value * factor };
  };
  return { generation: predicted("generation"), reading: predicted("reading") };
}

interface Estimate {
  /** Seconds for one token. */
  seconds: number;
  /** Standard deviation of its logarithm, in addition to that of every prediction. */
  error: number;
  /** The same for the part that all models on this machine share. */
  commonError: number;
}

function estimate(kind: Observation["kind"], model: TimedModel, situation: Situation): Estimate {
  const { places, threads, depth } = situation;
  let seconds = 0;
  let typeErrorSeconds = 0;
  let estimatedErrorSeconds = 0;
  const used = places.filter(({ share, experts = share }) => share > 0 || experts > 0);
  for (const place of used) {
    const { costs } = place;
    const parts = kind === "generation" ? generationSeconds(model, place, depth) : readingSeconds(model, place, depth);
    // Other thread counts were not measured: computing scales with them, reading from memory less so.
    const slower = (costs.threads / threads) ** 0.8;
    seconds += parts.seconds * slower;
    typeErrorSeconds += parts.typeErrorSeconds * slower;
    estimatedErrorSeconds += parts.seconds * slower * costs.estimated;
  }
  const parts = [
    typeErrorSeconds / seconds,
    Math.max(...places.map(({ costs }) => costs.spread)) / 2,
    model.certainty === "guessed" ? errors.guessed : 0,
    model.shape.experts > 0 ? errors.experts : 0,
    model.shape.weightsBytes < smallBytes ? errors.small : 0,
    places.some(({ costs }) => costs.threads !== threads) ? errors.otherThreads : 0,
    used.length > 1 ? errors.severalPlaces : 0,
  ];
  return { seconds, error: Math.hypot(...parts), commonError: estimatedErrorSeconds / seconds };
}

interface Parts {
  seconds: number;
  /** The sum of each matrix's seconds times its type's error. Divided by all seconds, this is the error. */
  typeErrorSeconds: number;
}

/** Returns a place's part of generating one token: every matrix is read once, but only the active experts. */
function generationSeconds({ shape, matrices }: TimedModel, place: Place, depth: number): Parts {
  const { costs, share: ofLayers } = place;
  const parts = sumOfMatrices(matrices, place, ({ use, sizeBytes }, { generateSecondsPerByte }) => {
    const share = use === "experts" ? shape.activeExperts / shape.experts : 1;
    return sizeBytes * share * generateSecondsPerByte;
  });
  const seen = depth + generatedTokens / 2;
  const computing = seen * attentionElements(shape) * costs.attentionGenerateSeconds;
  const attention = Math.max(computing, seen * cacheBytesPerToken(shape) * cacheSecondsPerByte(costs));
  const once = costs.tokenSeconds + shape.layers * costs.layerSeconds + shape.vocabulary * costs.logitSeconds;
  parts.seconds += (attention + once) * ofLayers;
  return parts;
}

/**
 * Returns a place's part of the time per token when many are read together: every weight is used, the output's only for
 * the last token.
 */
function readingSeconds({ shape, matrices }: TimedModel, place: Place, depth: number): Parts {
  const { costs, share: ofLayers } = place;
  const parts = sumOfMatrices(matrices, place, ({ use, sizeBytes, weights }, cost) => {
    // A few tokens at a time take as long as one, because the matrix has to be read from memory.
    const once = sizeBytes * cost.generateSecondsPerByte;
    const together = (tokens: number): number => Math.max(once, weights * tokens * cost.readSecondsPerWeight);
    if (use === "output") return once / promptTokens;
    if (use === "layers") return together(promptTokens) / promptTokens;
    const { experts, activeExperts } = shape;
    const touched = experts * (1 - (1 - activeExperts / experts) ** promptTokens);
    const tokensEach = (promptTokens * activeExperts) / touched;
    return ((touched / experts) * together(tokensEach)) / promptTokens;
  });
  // A token attends to those before it: half of the prompt on average.
  const seen = depth + promptTokens / 2;
  const attention = seen * attentionElements(shape) * costs.attentionReadSeconds;
  const once = (costs.tokenSeconds + shape.layers * costs.layerSeconds) / promptTokens;
  parts.seconds += (attention + once) * ofLayers;
  return parts;
}

function sumOfMatrices(
  matrices: readonly MatrixGroup[],
  { costs, share, experts = share }: Place,
  secondsOf: (group: MatrixGroup, cost: ReturnType<typeof costOfType>) => number,
): Parts {
  const parts = { seconds: 0, typeErrorSeconds: 0 };
  for (const group of matrices) {
    const cost = costOfType(costs, group);
    const seconds = secondsOf(group, cost) * (group.use === "experts" ? experts : share);
    parts.seconds += seconds;
    parts.typeErrorSeconds += seconds * cost.error;
  }
  return parts;
}

/**
 * Returns the elements of all heads' keys and values in all layers, for one token in the context. With latent attention
 * each head uses all elements.
 */
function attentionElements({ layers, heads, keyLength, valueLength, latentKeyValueElements }: ModelShape): number {
  return layers * heads * (latentKeyValueElements === null ? keyLength + valueLength : 2 * latentKeyValueElements);
}

/** The cache has half floats, which heads share. */
function cacheBytesPerToken(shape: ModelShape): number {
  const { layers, keyValueHeads, keyLength, valueLength, latentKeyValueElements } = shape;
  return 2 * layers * (latentKeyValueElements ?? keyValueHeads * (keyLength + valueLength));
}

/** The cache is read from memory like half-float weights. */
const cacheSecondsPerByte = (costs: MachineCosts): number =>
  costOfType(costs, { typeName: "F16", weights: 1, sizeBytes: 2 }).generateSecondsPerByte;
