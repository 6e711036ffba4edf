import type { TuneState } from "../../contract/tune.ts";
import type { Texts } from "../texts.ts";

export type EndedTuning = Extract<TuneState, { state: "ended" }>;

/** A smaller gain is not reported as one. */
const leastTold = 1.005;

/** Returns how a tuning ended and whether it found anything. */
export function tuneEnd(words: Pick<Texts, "say" | "figures">, ended: EndedTuning): string {
  const { outcome, run, left } = ended;
  const { say, figures } = words;
  const found = foundText(words, ended);
  if (outcome === "stopped") return say("tune:outcome.stopped", { found });
  if (outcome !== "time") return found;
  const time = figures.roughly(run.minutes * 60);
  if (left.length === 0) return say("tune:outcome.timeUp", { time, found });
  const settings = figures.list(left.map((setting) => say(`tune:left.${setting}`)));
  return say("tune:outcome.noTimeFor", { found, time, settings });
}

function foundText({ say, figures }: Pick<Texts, "say" | "figures">, ended: EndedTuning): string {
  const { outcome, proposal, before, trials } = ended;
  if (proposal === null) {
    if (before === null) return say(outcome === "time" ? "tune:outcome.tooSlow" : "tune:outcome.nothingMeasured");
    if (outcome === "complete") return say("tune:outcome.nothingFaster");
    const isAnyTried = trials.some((trial) => trial.outcome !== "trying" && trial.outcome !== "unfinished");
    return say(isAnyTried ? "tune:outcome.noneTriedFaster" : "tune:outcome.noneTried");
  }
  // A larger batch makes reading faster, which may not be noticeable in a whole reply.
  if (proposal.faster < leastTold) return say("tune:outcome.foundSome");
  return say("tune:outcome.found", { comparison: figures.faster(proposal.faster) });
}
