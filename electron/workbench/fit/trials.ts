import type { TrialStep } from "../../contract/fit.ts";
import type { MeasureTest } from "../../contract/engineProtocol.ts";
import type { TrialShape } from "./trialModel.ts";
import { typeBits } from "./typeBytes.ts";

/** One small model and the tests that are measured with it. */
export interface SpeedTrial {
  id: string;
  step: TrialStep;
  /** The tensor type that it measures. Null if it measures something else. */
  typeName: string | null;
  shape: TrialShape;
  contextSize: number;
  tests: MeasureTest[];
  /** Number of timed runs of each test, after a warm-up. */
  repeats: number;
}

const generate = (depth = 0): MeasureTest => ({ promptTokens: 0, generatedTokens: 8, depth });
const read = (promptTokens: number, depth = 0): MeasureTest => ({ promptTokens, generatedTokens: 0, depth });

/**
 * The engine uses one thread for models below 32 MiB, so every trial is larger: those that measure small things include
 * embeddings, which are only looked up and take no time.
 */
const thin: TrialShape = {
  layers: 1,
  width: 128,
  heads: 1,
  keyValueHeads: 1,
  keyLength: 128,
  feedForward: 256,
  vocabulary: 65_536,
  typeName: "Q8_0",
  outputType: "Q8_0",
  embeddingType: "F32",
};
const small = { typeName: null, contextSize: 256, tests: [generate()], repeats: 8 };

/**
 * These three trials use one thin layer, many thin layers, and the same bytes of output with a smaller vocabulary,
 * which isolates the vocabulary's own cost.
 */
const smallTrial = (id: "vocabulary" | "overhead" | "token", shape: Partial<TrialShape>): SpeedTrial => ({
  ...small,
  id,
  step: { code: id },
  shape: { ...thin, ...shape },
});
export const vocabularyTrial = smallTrial("vocabulary", {});
export const overheadTrial = smallTrial("overhead", { layers: 32 });
export const tokenTrial = smallTrial("token", { width: 1024, vocabulary: 8192 });

/** Six heads share a key, as in the distills, and little else is computed. Attention uses tiles from 64 tokens on. */
export const attentionTrial: SpeedTrial = {
  id: "attention",
  step: { code: "attention" },
  typeName: null,
  shape: { ...thin, layers: 12, width: 256, heads: 12, keyValueHeads: 2, feedForward: 512, vocabulary: 32_768 },
  contextSize: 2304,
  tests: [generate(), read(64), generate(2048), read(64, 2048)],
  repeats: 3,
};

const wide: TrialShape = {
  ...thin,
  width: 2048,
  heads: 16,
  keyValueHeads: 4,
  feedForward: 8192,
  vocabulary: 512,
};

/** Returns a trial with matrices of one type as large as a real model's, and more of them than fit in the caches. */
export function generateTrial(typeName: string, weightBytes: number): SpeedTrial {
  const shape = { ...wide, typeName, outputType: typeName };
  const layers = (weightBytes * 8) / (typeBits(typeName) ?? 8) / layerWeights(shape);
  return {
    id: `generate ${typeName}`,
    step: { code: "generate", facts: { type: typeName } },
    typeName,
    shape: { ...shape, layers: Math.max(1, Math.round(layers)) },
    contextSize: 256,
    tests: [generate()],
    repeats: 5,
  };
}

/** Returns a trial that reads a whole batch, because its data then no longer fits in the first-level cache. */
export function readTrial(typeName: string): SpeedTrial {
  const shape = { ...wide, typeName, outputType: typeName, layers: 2, feedForward: 4096, vocabulary: 4096 };
  return {
    id: `read ${typeName}`,
    step: { code: "read", facts: { type: typeName } },
    typeName,
    shape,
    contextSize: 768,
    tests: [read(512)],
    repeats: 2,
  };
}

/** Returns the number of weights that one layer multiplies a token with. */
export function layerWeights({ width, heads, keyValueHeads, keyLength, feedForward }: TrialShape): number {
  return 2 * width * heads * keyLength + 2 * width * keyValueHeads * keyLength + 3 * width * feedForward;
}

/**
 * Returns the number of weights that each token of a prompt is multiplied with. Only the last token is multiplied with
 * the last layer's feed-forward part.
 */
export function readWeights(shape: TrialShape): number {
  return layerWeights(shape) * shape.layers - 3 * shape.width * shape.feedForward;
}

/** The tensor types that models have, starting with those that the catalogue needs. */
export const trialTypes: readonly string[] = [
  "Q4_K Q6_K Q8_0 Q5_K Q3_K Q2_K F16 IQ4_XS IQ1_S IQ2_XXS",
  "IQ3_S Q4_0 IQ3_XXS BF16 IQ2_S IQ4_NL Q5_0 IQ1_M MXFP4 Q4_1",
].flatMap((types) => types.split(" "));
