import { readFileSync } from "node:fs";
import type { RepackedTypes } from "../../contract/repackedTypes.ts";
import type { Tensor } from "./tensors.ts";

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
