import type { ModelChoices, RemoteModel } from "../../contract/models.ts";
import { samplingFor, type SamplingWishes } from "../engines/sampling.ts";
import type { WireSampling } from "./dialects.ts";

/** Returns how a server's model draws its tokens: R1 as its authors recommend, others as their server was set up. */
export function wireSampling(
  { family }: Pick<RemoteModel, "family">,
  choices: Pick<ModelChoices, "temperature" | "topP" | "topK" | "minP">,
  wishes: SamplingWishes = {},
): WireSampling {
  if (family === "r1" || wishes.varied) return samplingFor({ family }, wishes, choices);
  // What a server was set up with suits other models better than what would be guessed here.
  const { temperature, topP, seed = null } = wishes;
  const { topK, minP } = choices;
  return {
    temperature: temperature ?? choices.temperature,
    topP: topP ?? choices.topP,
    topK,
    minP,
    seed,
  };
}
