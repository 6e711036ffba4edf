import type { EngineInfo } from "../../contract/engine.ts";

const smallBytes = 32 * 1024 * 1024;

/**
 * Returns whether a model's threads, or a graphics card and the processor, would wait for each other longer than they
 * compute. While another program is busy, each wait costs a time slice: R1 Nano then writes 8 tokens/s with two threads
 * and 900 with one.
 */
export const isSmall = (weightsBytes: number): boolean => weightsBytes < smallBytes;

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
  return isSmall(weightsBytes) ? 1 : Math.max(1, Math.min(cores, computeCores));
}
