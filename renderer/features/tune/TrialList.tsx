import type { TuneTrial } from "../../../electron/contract/tune.ts";

const words: Record<TuneTrial["outcome"], string> = {
  trying: "at work",
  gain: "gain",
  "no-gain": "no gain",
  unclear: "unclear",
  "other-output": "other text",
  "does-not-fit": "does not fit",
  crashed: "crashed",
  failed: "failed",
  unfinished: "unfinished",
};

/** What was tried, in order, and what came of it. */
export function TrialList({ trials }: { trials: readonly TuneTrial[] }) {
  if (trials.length === 0) return null;
  return (
    <ol className="tune-trials" aria-label="Tried">
      {trials.map(({ setting, label, outcome, message }) => (
        <li key={`${setting} ${label}`} data-outcome={outcome}>
          <span className="tune-trial-name">{label}</span>
          <span className="tag">{words[outcome]}</span>
          {message !== "" && <p className="hint">{message}</p>}
        </li>
      ))}
    </ol>
  );
}
