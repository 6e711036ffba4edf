import type { TuneProposal } from "../../contract/tune.ts";
import type { Texts } from "../texts.ts";

/** Returns whether the proposed settings change what the model writes. */
export function outputText({ say }: Pick<Texts, "say">, proposal: TuneProposal): string {
  const { lossy, sameOutput, comparedTokens } = proposal;
  const output = sameOutput ? say("tune:outcome.same", { count: comparedTokens }) : say("tune:outcome.different");
  return lossy ? say("tune:outcome.lossy", { output }) : output;
}
