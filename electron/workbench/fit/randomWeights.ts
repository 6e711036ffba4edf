import { tensorTypes } from "../../contract/tensorTypes.ts";

/** A small normal number as a half float: 2^-12. It causes no overflow and is not as slow as subnormal numbers. */
const smallHalf = [0x00, 0x0c];

/** Types whose block begins with its scale, a half float. Source: llama.cpp ggml/src/ggml-common.h. */
const scaleFirst = "Q4_0 Q5_0 Q8_0 IQ2_XXS IQ2_XS IQ2_S IQ3_XXS IQ3_S IQ1_S IQ4_NL IQ4_XS Q1_0 Q2_0".split(" ");
/** Offsets of the scales of all types with half floats. */
const halfScales: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(scaleFirst.map((name) => [name, [0]])),
  Q4_1: [0, 2],
  Q5_1: [0, 2],
  Q2_K: [80, 82],
  Q3_K: [108],
  Q4_K: [0, 2],
  Q5_K: [0, 2],
  Q6_K: [208],
  TQ1_0: [52],
  TQ2_0: [64],
};

/** Types whose scales or numbers have another format: bytes to set in every block, by offset. */
const otherScales: Readonly<Record<string, readonly (readonly [offset: number, byte: number])[]>> = {
  // One half float, whose four hexadecimal digits are in the upper half of every second byte.
  IQ1_M: [
    [49, 0x00],
    [51, 0x00],
    [53, 0xc0],
    [55, 0x00],
  ],
  // A power of two, where 127 stands for 1.
  MXFP4: [[0, 115]],
  // Small 8-bit floats.
  NVFP4: [
    [0, 0x08],
    [1, 0x08],
    [2, 0x08],
    [3, 0x08],
  ],
};

/** Unquantized types: the byte with sign and exponent keeps its sign and gets a small exponent. */
const exponents: Readonly<Record<string, number>> = { F16: 0x20, BF16: 0x3c, F32: 0x3c };

/** Types that `randomWeights` can generate: every type that a model's matrices have. */
export const randomTypes: readonly string[] = [
  ...Object.keys(halfScales),
  ...Object.keys(otherScales),
  ...Object.keys(exponents),
];

/**
 * Returns about this many bytes of random weights that are valid and finite, and the same each time. Whole blocks only.
 */
export function randomWeights(typeName: string, sizeBytes: number): Buffer {
  const type = Object.values(tensorTypes).find(({ name }) => name === typeName);
  if (type === undefined || !randomTypes.includes(typeName)) throw new Error(`No weights are made of ${typeName}.`);
  const { blockBytes } = type;
  const bytes = noise(Math.max(1, Math.floor(sizeBytes / blockBytes)) * blockBytes);
  const exponent = exponents[typeName];
  for (let block = 0; block < bytes.length; block += blockBytes) {
    for (const offset of halfScales[typeName] ?? []) bytes.set(smallHalf, block + offset);
    for (const [offset, byte] of otherScales[typeName] ?? []) bytes[block + offset] = byte;
    const last = block + blockBytes - 1;
    if (exponent !== undefined) bytes[last] = exponent | ((bytes[last] ?? 0) & 0x80);
  }
  return bytes;
}

/** Xorshift (George Marsaglia, 2003), 32 bits at a time. */
function noise(sizeBytes: number): Buffer {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  let state = 0x9e3779b9;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return Buffer.from(words.buffer, 0, sizeBytes);
}
