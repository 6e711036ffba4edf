import type { TuneTrial } from "../../../electron/contract/tune.ts";
import { changeText } from "../../../electron/texts/tune/changeText.ts";
import { trialText } from "../../../electron/texts/tune/trialText.ts";
import { useTexts } from "../../texts.ts";

/** The trials in order, with their outcomes. */
export function TrialList({ trials }: { trials: readonly TuneTrial[] }) {
  const texts = useTexts();
  const { say } = texts;
  if (trials.length === 0) return null;
  return (
    <ol className="tune-trials" aria-label={say("tune:tried")}>
      {trials.map((trial) => {
        const why = trialText(texts, trial);
        return (
          <li key={`${trial.setting} ${String(trial.to)} ${String(trial.from)}`} data-outcome={trial.outcome}>
            <span className="tune-trial-name">{changeText(texts, trial)}</span>
            <span className="tag">{say(`tune:outcomes.${trial.outcome}`)}</span>
            {why !== "" && <p className="hint">{why}</p>}
          </li>
        );
      })}
    </ol>
  );
}
