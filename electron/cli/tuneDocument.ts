import type { AppliedTuning, TuneChange } from "../contract/tune.ts";
import { openTexts } from "../texts/texts.ts";
import { changeText } from "../texts/tune/changeText.ts";
import { trialText } from "../texts/tune/trialText.ts";
import type { EndedTuning } from "../texts/tune/tuneEnd.ts";

/** Returns a tuning for programs. Scripts rely on these keys. */
export function tuneDocument(ended: EndedTuning, applied: AppliedTuning | null) {
  const { run, outcome, trials, left, before, proposal } = ended;
  const english = openTexts("en");
  const labelled = <Change extends TuneChange>(change: Change) => ({ ...change, label: changeText(english, change) });
  return {
    model: run.modelId,
    outcome,
    before,
    trials: trials.map((trial) => ({ ...labelled(trial), message: trialText(english, trial) })),
    left,
    proposal: proposal === null ? null : { ...proposal, changes: proposal.changes.map(labelled) },
    applied: applied !== null,
  };
}
