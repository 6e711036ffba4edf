import { readFileSync } from "node:fs";
import type { Tensor } from "./tensors.ts";

/** Tensor types that the CPU backend copies into its own layout, with the multiple of rows that each requires. */
export type RepackedTypes = Readonly<Record<string, number>>;

/** With AVX2. Without it, llama.cpp repacks nothing on x86. */
const x86: RepackedTypes = { Q4_0: 8, Q4_K: 8, IQ4_NL: 8, MXFP4: 8 };
/** With dot products, which every arm64 desktop has. */
const arm: RepackedTypes = { Q4_0: 4, Q4_K: 8, Q5_K: 8, Q6_K: 8, IQ4_NL: 4, MXFP4: 4, Q8_0: 4 };

/** Source: llama.cpp ggml/src/ggml-cpu/repack.cpp, `ggml_repack_get_optimal_repack_type`. */
export function repackedTypes(arch: string, cpuFlags: string): RepackedTypes {
  if (arch === "arm64") return arm;
  if (arch !== "x64") return {};
  // If the flags cannot be read, AVX2 is assumed, because the larger memory need is the safe assumption.
  if (cpuFlags !== "" && !/\bavx2\b/.test(cpuFlags)) return {};
  return /\bavx512f\b/.test(cpuFlags) ? { ...x86, Q2_K: 8 } : x86;
}

/** Returns the CPU's feature flags as Linux lists them, or an empty string on other systems. */
export function readCpuFlags(): string {
  if (process.platform !== "linux") return "";
  try {
    return /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
}

/**
 * Returns the number of bytes of the weights that get a repacked copy: matrices that are multiplied, and experts.
 * Embeddings are looked up, not multiplied, unless they also serve as the output matrix.
 */
export function repackableBytes(tensors: Tensor[], types: RepackedTypes): number {
  const hasOutput = tensors.some(({ name }) => name === "output.weight");
  let bytes = 0;
  for (const tensor of tensors) {
    const rowMultiple = types[tensor.typeName];
    if (rowMultiple === undefined || (tensor.dimensions[1] ?? 1) % rowMultiple !== 0) continue;
    if (isMultiplied(tensor, hasOutput)) bytes += tensor.bytes;
  }
  return bytes;
}

function isMultiplied({ name, dimensions }: Tensor, hasOutput: boolean): boolean {
  if (!name.endsWith(".weight")) return false;
  if (name === "token_embd.weight") return !hasOutput;
  const expert = name.includes("_exps.");
  // Repacked kernels exist only for two dimensions, or three for experts (`extra_buffer_type::supports_op`).
  return dimensions.length === (expert ? 3 : 2);
}
