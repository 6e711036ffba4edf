/** Tensor types that the CPU backend copies into its own layout, with the multiple of rows that each requires. */
export type RepackedTypes = Readonly<Record<string, number>>;

/** With AVX2. Without it, llama.cpp repacks nothing on x86. */
const x86: RepackedTypes = { Q4_0: 8, Q4_K: 8, IQ4_NL: 8, MXFP4: 8 };
/** With dot products, which every arm64 desktop has. */
const arm: RepackedTypes = { Q4_0: 4, Q4_K: 8, Q5_K: 8, Q6_K: 8, IQ4_NL: 4, MXFP4: 4, Q8_0: 4 };

/**
 * Returns the types that a processor with these features repacks. `features` has the names in the notation of Linux or
 * llama.cpp; an empty text stands for unknown ones. Source: llama.cpp ggml/src/ggml-cpu/repack.cpp,
 * `ggml_repack_get_optimal_repack_type`.
 */
export function repackedTypes(arch: string, features: string): RepackedTypes {
  if (arch === "arm64") return arm;
  if (arch !== "x64") return {};
  // If the features are unknown, AVX2 is assumed, because the larger memory need is the safe assumption.
  if (features !== "" && !/\bavx2\b/i.test(features)) return {};
  return /\bavx512f?\b/i.test(features) ? { ...x86, Q2_K: 8 } : x86;
}
