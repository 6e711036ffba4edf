import type { TuneState } from "../../contract/tune.ts";
import type { Texts } from "../texts.ts";
import { changeText } from "./changeText.ts";

/** Returns what a tuning is doing now: "Measuring: 2 threads instead of 4". */
export function tuneStep(
  words: Pick<Texts, "say" | "figures">,
  phase: Extract<TuneState, { state: "queued" | "trying" }>,
): string {
  const { say } = words;
  if (phase.state === "queued") return say("tune:running.queued");
  const { step, trials } = phase.progress;
  const trial = trials.at(-1);
  const name = say(`tune:running.steps.${step}`);
  return trial?.outcome === "trying"
    ? say("tune:running.stepOf", { step: name, setting: changeText(words, trial) })
    : name;
}
