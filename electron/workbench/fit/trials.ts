import type { MeasureTest } from "../../contract/engineProtocol.ts";
import type { TrialShape } from "./trialModel.ts";

/** One small model and what is measured with it. */
export interface Trial {
  /** "overhead", "vocabulary", "attention", or the tensor type that it measures. */
  id: string;
  shape: TrialShape;
  contextSize: number;
  tests: MeasureTest[];
}

const generate = (depth = 0): MeasureTest => ({ promptTokens: 0, generatedTokens: 8, depth });
const read = (depth = 0): MeasureTest => ({ promptTokens: cpuPromptTokens, generatedTokens: 0, depth });

/** On the CPU a token costs the same from 64 tokens on, where attention too begins to work in tiles. */
const cpuPromptTokens = 64;
/** A graphics card needs more to be at its best. */
const gpuPromptTokens = 512;

/** The same trial with a prompt for a graphics card. */
export const forGpu = (trial: Trial): Trial => ({
  ...trial,
  tests: trial.tests.map((test) => (test.promptTokens === 0 ? test : { ...test, promptTokens: gpuPromptTokens })),
});

/**
 * Timed runs of each test; one more before them warms up. The engine gives models below 32 MiB one thread, so every
 * trial is larger: those that measure small things carry embeddings, which are looked up and cost nothing.
 */
export const trialRepeats = 5;

const thin: TrialShape = {
  layers: 32,
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

/** Many thin layers; then one, which leaves the vocabulary. */
export const overheadTrial: Trial = { id: "overhead", shape: thin, contextSize: 256, tests: [generate()] };
export const vocabularyTrial: Trial = { ...overheadTrial, id: "vocabulary", shape: { ...thin, layers: 1 } };

/** Six heads share a key, as in the distills, and little else is done. */
export const attentionTrial: Trial = {
  id: "attention",
  shape: { ...thin, layers: 12, width: 256, heads: 12, keyValueHeads: 2, feedForward: 512, vocabulary: 32_768 },
  contextSize: 3072,
  tests: [generate(), read(), generate(2048), read(2048)],
};

/**
 * Matrices of one type as large as a real model's, and more of them than the caches hold: `weightBytes` altogether, but
 * no more weights than are soon read with.
 */
export function typeTrial(typeName: string, bitsPerWeight: number, weightBytes: number): Trial {
  const shape: TrialShape = {
    layers: 1,
    width: 2048,
    heads: 16,
    keyValueHeads: 4,
    keyLength: 128,
    feedForward: 5632,
    vocabulary: 512,
    typeName,
    outputType: typeName,
    embeddingType: "F32",
  };
  const layers = Math.min((weightBytes * 8) / bitsPerWeight, mostWeights) / layerWeights(shape);
  return {
    id: typeName,
    shape: { ...shape, layers: Math.max(1, Math.round(layers)) },
    contextSize: 768,
    tests: [generate(), read()],
  };
}

const mostWeights = 3e8;

/** Weights that one layer multiplies a token with. */
export function layerWeights({ width, heads, keyValueHeads, keyLength, feedForward }: TrialShape): number {
  return 2 * width * heads * keyLength + 2 * width * keyValueHeads * keyLength + 3 * width * feedForward;
}

/** The types that models come in, those first that the catalogue needs. */
export const trialTypes: readonly string[] = [
  "Q4_K",
  "Q6_K",
  "Q8_0",
  "Q5_K",
  "Q3_K",
  "Q2_K",
  "F16",
  "IQ4_XS",
  "IQ1_S",
  "IQ2_XXS",
  "IQ3_S",
  "IQ3_XXS",
  "Q4_0",
  "BF16",
  "IQ2_S",
  "IQ4_NL",
  "IQ2_XS",
  "IQ1_M",
  "Q5_0",
  "MXFP4",
  "Q4_1",
  "Q5_1",
];
