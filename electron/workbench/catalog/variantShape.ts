import type { MatrixGroup, ModelShape } from "../../contract/models.ts";
import type { Decoder, VariantEntry } from "./catalogFile.ts";
import { type DecoderTensor, decoderTensors, weightsOf } from "./decoderTensors.ts";
import { tensorBytes, tensorType, type TensorTypeName } from "./tensorMix.ts";

export interface VariantShape {
  shape: ModelShape;
  parameters: number;
  /** Number of weights that one token passes through. */
  activeParameters: number;
  /** Size of the whole file: weights and header. */
  fileBytes: number;
  matrices: MatrixGroup[];
}

/**
 * The header consists almost entirely of the tokenizer: text, type and merges. Mean of the distills' published headers.
 */
const headerBytesPerToken = 45;

/** What determines the shape besides the decoder. */
type Conversion = Pick<VariantEntry, "quantization" | "bitsPerWeight" | "fullCache">;

const computed = new WeakMap<Decoder, Map<string, VariantShape>>();

/**
 * Returns the size and memory shape of a decoder at a quantization, from its dimensions alone. Within 1 % of the
 * published distills and 2 % of R1 (tests/unit/catalog/variantShape.test.ts). Cached, because R1 has hundreds of
 * matrices.
 */
export function variantShape(decoder: Decoder, variant: Conversion): Readonly<VariantShape> {
  const known = computed.get(decoder) ?? new Map<string, VariantShape>();
  computed.set(decoder, known);
  const key = JSON.stringify([variant.quantization, variant.bitsPerWeight, variant.fullCache]);
  const found = known.get(key) ?? computeShape(decoder, variant);
  known.set(key, found);
  return found;
}

function computeShape(decoder: Decoder, variant: Conversion): VariantShape {
  const { mixture } = decoder;
  const tensors = decoderTensors(decoder).map((tensor) => ({
    ...tensor,
    ...stored(tensor, decoder, variant),
  }));
  const sum = (of: (tensor: (typeof tensors)[number]) => number): number =>
    Math.round(tensors.reduce((total, tensor) => total + of(tensor), 0));
  const weightsBytes = sum(({ bytes }) => bytes);
  const usesLatent = mixture !== null && !variant.fullCache;
  return {
    parameters: sum(weightsOf),
    activeParameters: sum((tensor) => {
      if (tensor.role === "embedding") return tensor.columns;
      return weightsOf(tensor) * (tensor.role.startsWith("expert-") ? activeShare(decoder) : 1);
    }),
    fileBytes: weightsBytes + headerBytesPerToken * decoder.vocabulary,
    matrices: groups(tensors),
    shape: {
      layers: decoder.layers,
      width: decoder.width,
      heads: decoder.heads,
      keyValueHeads: mixture === null ? decoder.keyValueHeads : decoder.heads,
      keyLength: decoder.keyLength,
      valueLength: decoder.valueLength,
      feedForward: decoder.feedForward,
      vocabulary: decoder.vocabulary,
      experts: mixture?.experts ?? 0,
      activeExperts: mixture?.activeExperts ?? 0,
      ...(mixture !== null && { expertLayers: decoder.layers - mixture.denseLayers }),
      latentKeyValueElements: usesLatent ? mixture.keyValueRank + mixture.ropeLength : null,
      weightsBytes,
      repackableBytes: sum(({ role, type, bytes }) => (role !== "embedding" && type === "Q4_K" ? bytes : 0)),
      largestTensorBytes: Math.round(tensors.reduce((most, { bytes }) => Math.max(most, bytes), 0)),
    },
  };
}

function stored(
  tensor: DecoderTensor,
  decoder: Decoder,
  { quantization, bitsPerWeight }: Omit<Conversion, "fullCache">,
): { type: TensorTypeName | null; bytes: number } {
  const weights = weightsOf(tensor);
  if (bitsPerWeight !== undefined) return { type: null, bytes: (weights * bitsPerWeight) / 8 };
  const type = tensorType(quantization, tensor, decoder);
  if (type === null) throw new Error(`The catalogue names an unknown quantization, ${quantization}.`);
  return { type, bytes: tensorBytes(type, weights) };
}

/** Leaves out `plain` tensors, which are negligible, and embeddings, which are looked up. */
function groups(tensors: readonly (DecoderTensor & ReturnType<typeof stored>)[]): MatrixGroup[] {
  const found = new Map<string, MatrixGroup>();
  for (const tensor of tensors) {
    if (tensor.role === "plain" || tensor.role === "embedding") continue;
    const use = tensor.role === "output" ? "output" : tensor.role.startsWith("expert-") ? "experts" : "layers";
    const key = `${use} ${tensor.type}`;
    const group = found.get(key) ?? { typeName: tensor.type, use, weights: 0, sizeBytes: 0 };
    group.weights += weightsOf(tensor);
    group.sizeBytes += Math.round(tensor.bytes);
    found.set(key, group);
  }
  return [...found.values()];
}

const activeShare = ({ mixture }: Decoder): number => (mixture === null ? 1 : mixture.activeExperts / mixture.experts);
