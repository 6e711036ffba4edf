import type { BenchmarkConditions } from "../../contract/benchmark.ts";

/**
 * Returns the size of the model that was measured, in bytes: of its files, as on the Models screen. llama.cpp's own
 * figure leaves out the header and the vocabulary, and stands only in what is compared with llama-bench.
 */
export function resultBytes({ files, weightsBytes }: BenchmarkConditions["model"]): number {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return bytes === 0 ? weightsBytes : bytes;
}
