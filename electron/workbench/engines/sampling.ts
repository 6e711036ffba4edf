import type { Sampling } from "../../contract/engineProtocol.ts";
import type { GgufFacts, ModelChoices } from "../../contract/models.ts";

/**
 * DeepSeek's recommendations for R1 and its distills: temperature 0.6 (within 0.5 to 0.7), top-p 0.95. Source: the
 * model card of deepseek-ai/DeepSeek-R1, "Usage Recommendations", and its generation_config.json. Neither mentions
 * top-k or min-p, so both are off, as is any repeat penalty.
 */
const r1Sampling = { temperature: 0.6, topP: 0.95, topK: 0, minP: 0 };

/** For other models whose file recommends nothing: llama.cpp's own defaults (common/common.h). */
const plainSampling = { temperature: 0.8, topP: 0.95, topK: 40, minP: 0.05 };

export interface SamplingWishes {
  temperature?: number | null | undefined;
  topP?: number | null | undefined;
  seed?: number | null | undefined;
  /** Whether replies to the same prompt must be able to differ, also where a choice would draw the likeliest tokens only. */
  varied?: boolean | undefined;
}

/**
 * Returns the sampling settings: first those of the request, then the choices for this model, then DeepSeek's
 * recommendations for R1 and its distills, or for other models those in their file.
 */
export function samplingFor(
  { family, sampling }: Pick<GgufFacts, "family" | "sampling">,
  wishes: SamplingWishes = {},
  choices: Partial<Pick<ModelChoices, "temperature" | "topP" | "topK" | "minP">> = {},
): Sampling {
  const advised =
    family === "r1"
      ? r1Sampling
      : {
          temperature: sampling?.temperature ?? plainSampling.temperature,
          topP: sampling?.topP ?? plainSampling.topP,
          topK: sampling?.topK ?? plainSampling.topK,
          minP: sampling?.minP ?? plainSampling.minP,
        };
  const chosen = {
    temperature: wishes.temperature ?? choices.temperature ?? advised.temperature,
    topP: wishes.topP ?? choices.topP ?? advised.topP,
    topK: choices.topK ?? advised.topK,
    minP: choices.minP ?? advised.minP,
  };
  const drawn = !wishes.varied || canVary(chosen) ? chosen : canVary(advised) ? advised : plainSampling;
  return { ...drawn, seed: wishes.seed ?? null };
}

/** Returns whether more than the likeliest token can be drawn. */
function canVary({ temperature, topP, topK, minP }: Omit<Sampling, "seed">): boolean {
  return temperature > 0 && topP > 0 && topK !== 1 && minP < 1;
}
