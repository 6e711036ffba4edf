import type { EngineInfo } from "../../contract/engine.ts";

/**
 * Below this size threads wait for each other longer than they compute. Beside another busy program the wait
 * becomes a time slice per operation: R1 Nano then writes 8 tokens/s on two threads and 900 on one.
 */
const oneThreadBytes = 32 * 1024 * 1024;

/**
 * The threads that a model gets unless somebody chose a number: one for each physical core that the engine may use, and
 * where some cores are slow, one for each fast one. More would wait for each other.
 * @param cores as `engineCores` tells them
 */
export function defaultThreads(
  cores: number,
  { computeCores }: Pick<EngineInfo, "computeCores">,
  weightsBytes: number = Number.POSITIVE_INFINITY,
): number {
  return weightsBytes < oneThreadBytes ? 1 : Math.max(1, Math.min(cores, computeCores));
}
