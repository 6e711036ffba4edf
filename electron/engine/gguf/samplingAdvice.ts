import type { SamplingAdvice } from "../../contract/models.ts";
import type { MetadataValue } from "./metadata.ts";

/**
 * Returns the sampling settings that the model's authors recommend, from the keys `general.sampling.*` (llama.cpp,
 * src/llama-arch.cpp). Values out of range are left out. Undefined if nothing is recommended.
 */
export function samplingAdvice(values: ReadonlyMap<string, MetadataValue>): SamplingAdvice | undefined {
  const number = (key: string, most: number): number | undefined => {
    const value = values.get(`general.sampling.${key}`);
    return typeof value === "number" && value >= 0 && value <= most ? value : undefined;
  };
  const topK = number("top_k", 1_000_000);
  const advice: SamplingAdvice = {
    temperature: number("temp", 2),
    topP: number("top_p", 1),
    topK: Number.isInteger(topK) ? topK : undefined,
    minP: number("min_p", 1),
  };
  return Object.values(advice).some((value) => value !== undefined) ? advice : undefined;
}
