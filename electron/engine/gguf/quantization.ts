import type { Tensor } from "./tensors.ts";

/** llama-quantize's names by `general.file_type` (llama.cpp include/llama.h, `llama_ftype`). */
const namesByFileType: Readonly<Record<number, { name: string; mostly: string[] }>> = {
  0: { name: "F32", mostly: ["F32"] },
  1: { name: "F16", mostly: ["F16"] },
  2: { name: "Q4_0", mostly: ["Q4_0"] },
  3: { name: "Q4_1", mostly: ["Q4_1"] },
  7: { name: "Q8_0", mostly: ["Q8_0"] },
  8: { name: "Q5_0", mostly: ["Q5_0"] },
  9: { name: "Q5_1", mostly: ["Q5_1"] },
  10: { name: "Q2_K", mostly: ["Q2_K", "Q3_K"] },
  11: { name: "Q3_K_S", mostly: ["Q3_K"] },
  12: { name: "Q3_K_M", mostly: ["Q3_K", "Q4_K"] },
  13: { name: "Q3_K_L", mostly: ["Q3_K", "Q5_K"] },
  14: { name: "Q4_K_S", mostly: ["Q4_K"] },
  15: { name: "Q4_K_M", mostly: ["Q4_K"] },
  16: { name: "Q5_K_S", mostly: ["Q5_K"] },
  17: { name: "Q5_K_M", mostly: ["Q5_K"] },
  18: { name: "Q6_K", mostly: ["Q6_K"] },
  19: { name: "IQ2_XXS", mostly: ["IQ2_XXS"] },
  20: { name: "IQ2_XS", mostly: ["IQ2_XS"] },
  21: { name: "Q2_K_S", mostly: ["Q2_K"] },
  22: { name: "IQ3_XS", mostly: ["IQ3_XXS", "IQ3_S"] },
  23: { name: "IQ3_XXS", mostly: ["IQ3_XXS"] },
  24: { name: "IQ1_S", mostly: ["IQ1_S"] },
  25: { name: "IQ4_NL", mostly: ["IQ4_NL"] },
  26: { name: "IQ3_S", mostly: ["IQ3_S"] },
  27: { name: "IQ3_M", mostly: ["IQ3_S"] },
  28: { name: "IQ2_S", mostly: ["IQ2_XS", "IQ2_S"] },
  29: { name: "IQ2_M", mostly: ["IQ2_S"] },
  30: { name: "IQ4_XS", mostly: ["IQ4_XS"] },
  31: { name: "IQ1_M", mostly: ["IQ1_M"] },
  32: { name: "BF16", mostly: ["BF16"] },
  36: { name: "TQ1_0", mostly: ["TQ1_0"] },
  37: { name: "TQ2_0", mostly: ["TQ2_0"] },
  38: { name: "MXFP4", mostly: ["MXFP4"] },
  39: { name: "NVFP4", mostly: ["NVFP4"] },
  40: { name: "Q1_0", mostly: ["Q1_0"] },
  41: { name: "Q2_0", mostly: ["Q2_0"] },
};

/**
 * The type that replaces another one if rows cannot be divided into blocks (llama.cpp src/llama-quant.cpp,
 * `tensor_type_fallback`).
 */
const insteadOf: Readonly<Record<string, string>> = {
  Q2_K: "Q4_0",
  Q3_K: "Q4_0",
  Q4_K: "Q5_0",
  Q5_K: "Q5_1",
  Q6_K: "Q8_0",
  Q2_0: "Q4_0",
  TQ1_0: "Q4_0",
  TQ2_0: "Q4_0",
  IQ1_S: "IQ4_NL",
  IQ1_M: "IQ4_NL",
  IQ2_XXS: "IQ4_NL",
  IQ2_XS: "IQ4_NL",
  IQ2_S: "IQ4_NL",
  IQ3_XXS: "IQ4_NL",
  IQ3_S: "IQ4_NL",
  IQ4_XS: "IQ4_NL",
};

/**
 * Returns the file's own name for its quantization if its tensors confirm it, or else the type that most weights have.
 */
export function quantizationName(fileType: unknown, tensors: Tensor[]): string {
  const dominant = dominantType(tensors);
  const stated = typeof fileType === "number" ? namesByFileType[fileType] : undefined;
  const expected = stated?.mostly.flatMap((type) => [type, insteadOf[type] ?? type]) ?? [];
  if (stated !== undefined && (dominant === null || expected.includes(dominant))) return stated.name;
  return dominant ?? "unknown";
}

/** Returns the dominant type of the matrices in the blocks. Embeddings and output often have a type of their own. */
function dominantType(tensors: Tensor[]): string | null {
  const weightsByType = new Map<string, number>();
  for (const { name, typeName, dimensions, weights } of tensors) {
    if (dimensions.length < 2 || !name.startsWith("blk.")) continue;
    weightsByType.set(typeName, (weightsByType.get(typeName) ?? 0) + weights);
  }
  const [most] = [...weightsByType].toSorted((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}
