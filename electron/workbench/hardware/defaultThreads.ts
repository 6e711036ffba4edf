import type { EngineInfo } from "../../contract/engine.ts";

/**
 * For smaller models, threads wait for each other longer than they compute. While another program is busy, each wait
 * costs a time slice: R1 Nano then writes 8 tokens/s with two threads and 900 with one.
 */
const oneThreadBytes = 32 * 1024 * 1024;

/**
 * Returns the number of threads for a model without a chosen number: one for each physical core that the engine may
 * use, or for each fast one if some are slow. More would only wait for each other.
 * @param cores the result of `engineCores`
 */
export function defaultThreads(
  cores: number,
  { computeCores }: Pick<EngineInfo, "computeCores">,
  weightsBytes: number = Number.POSITIVE_INFINITY,
): number {
  return weightsBytes < oneThreadBytes ? 1 : Math.max(1, Math.min(cores, computeCores));
}
