import { fasterText } from "../contract/fasterText.ts";
import type { AppliedTuning, TuneFigures, TuneProposal, TuneState, TuneTrial } from "../contract/tune.ts";

type Ended = Extract<TuneState, { state: "ended" }>;

/** What a tuning tried and proposes, for a terminal. */
export function tuneText(
  { run, outcome, trials, left, before, proposal }: Ended,
  applied: AppliedTuning | null,
): string {
  const lines = [run.modelName];
  if (before !== null) lines.push(`As it is: ${figuresText(before)}.`);
  lines.push(...trials.map(trialText));
  if (outcome === "time") lines.push(timeText(run.minutes, left));
  if (proposal === null) {
    lines.push(before === null ? nothingText(outcome) : "Nothing faster was found; the settings stay as they are.");
    return `${lines.join("\n")}\n`;
  }
  lines.push("", ...proposalText(proposal));
  lines.push(
    applied === null
      ? "Nothing is changed. `r1 tune --apply` does it."
      : "Applied to this model. `r1 tune --undo` puts the old settings back.",
  );
  return `${lines.join("\n")}\n`;
}

const nothingText = (outcome: Ended["outcome"]): string =>
  outcome === "time"
    ? "Nothing was measured: a run with the settings in use takes longer than that. Give it more --minutes."
    : "Nothing was measured.";

function proposalText({ changes, before, after, faster, lossy, sameOutput, comparedTokens }: TuneProposal): string[] {
  const same = sameOutput
    ? `The ${comparedTokens} likeliest tokens after a fixed prompt are the same.`
    : "It writes other text than before after a fixed prompt.";
  return [
    `Proposed: ${changes.map(({ label }) => label).join("; ")}.`,
    `Before: ${figuresText(before)}.`,
    `After:  ${figuresText(after)}.`,
    `A usual reply of R1 takes ${replyText(after)} instead of ${replyText(before)}: ${fasterText(faster)}.`,
    lossy ? `${same} Lossy: keys and values are kept with less precision.` : same,
  ];
}

const trialWords: Record<TuneTrial["outcome"], string> = {
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

function trialText({ label, outcome, message }: TuneTrial): string {
  return `Tried ${label}: ${trialWords[outcome]}. ${message}`;
}

/** One line of progress, such as "trying 2 threads instead of 4: measuring; 90 s left". */
export function tuneProgress(state: TuneState): string {
  if (state.state === "queued") return "waiting for the engine";
  if (state.state !== "trying") return "";
  const { trials, step, secondsLeft, noise } = state.progress;
  const trial = trials.at(-1);
  const what = trial?.outcome === "trying" ? `trying ${trial.label}` : "the settings in use";
  const disturbed = noise === null ? "" : ` (${noise})`;
  return `${what}: ${step}; ${Math.ceil(secondsLeft)} s left${disturbed}`;
}

const timeText = (minutes: number, left: readonly string[]): string =>
  left.length === 0
    ? `The ${minutes === 1 ? "minute is" : `${minutesText(minutes)} are`} over.`
    : `${minutesText(minutes)} left no time to try ${left.join(", ")}.`;

function figuresText({ reading, writing }: TuneFigures): string {
  return `${speedText(writing)} tokens/s written, ${speedText(reading)} read`;
}

/** The median and its middle half: "24.1 (23.8 to 24.3)". */
function speedText({ median, lowerQuartile, upperQuartile }: TuneFigures["writing"]): string {
  return `${digits(median)} (${digits(lowerQuartile)} to ${digits(upperQuartile)})`;
}

const digits = (speed: number): string => speed.toFixed(speed < 100 ? 1 : 0);
const replyText = ({ replySeconds }: TuneFigures): string =>
  replySeconds < 90
    ? `${replySeconds.toFixed(replySeconds < 10 ? 1 : 0)} s`
    : replySeconds < 5400
      ? `${(replySeconds / 60).toFixed(1)} min`
      : `${(replySeconds / 3600).toFixed(1)} h`;
const minutesText = (minutes: number): string => (minutes === 1 ? "1 minute" : `${minutes} minutes`);
