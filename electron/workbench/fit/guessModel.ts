import { tensorTypes } from "../../contract/tensorTypes.ts";
import type { CatalogEntry, Decoder } from "../catalog/catalogFile.ts";
import { hasMix } from "../catalog/tensorMix.ts";
import { variantShape, type VariantShape } from "../catalog/variantShape.ts";

export interface NamedFile {
  name: string;
  /** As stated in the name, such as "Q4_K_M". */
  quantization: string | null;
  sizeBytes: number;
}

export interface GuessedModel extends Pick<VariantShape, "shape" | "matrices"> {
  /** True if the name is in the catalogue, so that the shape is known. */
  named: boolean;
  contextLength: number | null;
}

/**
 * Guesses a model from its file's name and size: the catalogue model that the name states, or else the one with the
 * most similar number of weights, scaled to the file's size. "30B-A3B" in a name means a mixture of experts.
 */
export function guessModel(
  { name, quantization, sizeBytes }: NamedFile,
  entries: readonly CatalogEntry[],
): GuessedModel {
  const entry = namedEntry(name, sizeBytes, entries);
  if (entry !== null) {
    const sized = withTypes(entry.shape, quantization, (sizeBytes * 8) / parametersOf(entry.shape));
    return { ...sized, named: true, contextLength: entry.contextLength };
  }
  const bits = bitsOf(quantization);
  const [, total, active] = /(\d+(?:\.\d+)?)b(?:-a(\d+(?:\.\d+)?)b)?(?![a-z0-9])/i.exec(name) ?? [];
  const parameters = total === undefined ? (sizeBytes * 8) / bits : Number(total) * 1e9;
  const dense = entries.filter(({ shape }) => shape.mixture === null);
  const apart = ({ shape }: CatalogEntry): number => Math.abs(Math.log(parametersOf(shape) / parameters));
  const [nearest] = dense.toSorted((one, other) => apart(one) - apart(other));
  if (nearest === undefined) throw new Error("The catalogue is empty.");
  const guessed = withTypes(nearest.shape, quantization, bits);
  const scale = sizeBytes / guessed.shape.weightsBytes;
  const activeShare = active === undefined ? 1 : Number(active) / Number(total);
  return {
    named: false,
    contextLength: null,
    shape: {
      ...guessed.shape,
      weightsBytes: sizeBytes,
      repackableBytes: Math.round(guessed.shape.repackableBytes * scale),
      largestTensorBytes: Math.round(guessed.shape.largestTensorBytes * Math.min(1, scale)),
      experts: active === undefined ? 0 : guessedExperts,
      activeExperts: active === undefined ? 0 : Math.max(1, Math.round(guessedExperts * activeShare)),
    },
    matrices: guessed.matrices.map((group) => ({
      ...group,
      use: group.use === "layers" && active !== undefined ? "experts" : group.use,
      weights: Math.round(group.weights * scale),
      sizeBytes: Math.round(group.sizeBytes * scale),
    })),
  };
}

/** Enough that any share of them is close to an integer. */
const guessedExperts = 128;

/**
 * Uses the quantization's own mix of types. If that is not known, all weights have its main type and this many bits.
 */
function withTypes(decoder: Decoder, quantization: string | null, bitsPerWeight: number): VariantShape {
  if (quantization !== null && hasMix(quantization)) return variantShape(decoder, { quantization, fullCache: false });
  const sized = variantShape(decoder, { quantization: quantization ?? "", bitsPerWeight, fullCache: false });
  const typeName = mainType(quantization);
  return { ...sized, matrices: sized.matrices.map((group) => ({ ...group, typeName })) };
}

const typeNames = Object.values(tensorTypes).map(({ name }) => name);

/** Quantizations that are not named after their main type (llama.cpp src/llama-quant.cpp). */
const otherwiseNamed: Readonly<Record<string, string>> = { IQ3_M: "IQ3_S", IQ3_XS: "IQ3_S", IQ2_M: "IQ2_S" };

/** "Q4_K_S" and "UD-Q4_K_XL" are mostly Q4_K. */
function mainType(quantization: string | null): string | null {
  const plain = (quantization ?? "").toUpperCase().replace(/^UD-/, "");
  return otherwiseNamed[plain] ?? typeNames.find((name) => plain === name || plain.startsWith(`${name}_`)) ?? null;
}

function bitsOf(quantization: string | null): number {
  const type = Object.values(tensorTypes).find(({ name }) => name === mainType(quantization));
  // If the name does not state it, Q4_K_M is assumed, which most files are.
  return type === undefined ? 4.85 : (type.blockBytes * 8) / type.blockWeights;
}

/**
 * Returns the catalogue entry whose name is the longest in a file's name. "R1" alone is in many names, but its file is
 * not small.
 */
function namedEntry(name: string, sizeBytes: number, entries: readonly CatalogEntry[]): CatalogEntry | null {
  const inside = entries.filter((entry) => {
    const bits = (sizeBytes * 8) / parametersOf(entry.shape);
    return bits > 1 && bits < 34 && wordsOf(name).includes(wordsOf(entry.name));
  });
  return inside.toSorted((one, other) => other.name.length - one.name.length)[0] ?? null;
}

/** Adds hyphens around all words, so that no name matches part of a word. */
const wordsOf = (name: string): string => `-${name.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "-")}-`;

const parametersOf = (decoder: Decoder): number =>
  variantShape(decoder, { quantization: "Q8_0", fullCache: false }).parameters;
