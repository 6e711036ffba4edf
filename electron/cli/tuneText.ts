import { r1Case } from "../contract/r1Case.ts";
import type { AppliedTuning, TuneFigures, TuneProposal, TuneState, TuneTrial } from "../contract/tune.ts";
import { noiseText } from "../texts/benchmark/noiseText.ts";
import type { Texts } from "../texts/texts.ts";
import { changesText } from "../texts/tune/changesText.ts";
import { changeText } from "../texts/tune/changeText.ts";
import { outputText } from "../texts/tune/outputText.ts";
import { trialText } from "../texts/tune/trialText.ts";
import { type EndedTuning, tuneEnd } from "../texts/tune/tuneEnd.ts";
import { tuneStep } from "../texts/tune/tuneStep.ts";

/** Returns what a tuning tried and proposes, for a terminal. */
export function tuneText(texts: Texts, ended: EndedTuning, applied: AppliedTuning | null): string {
  const { say } = texts;
  const { run, trials, before, proposal, problem } = ended;
  const lines = [run.modelName];
  if (before !== null) {
    lines.push(
      say("tune:current", { writing: speedText(texts, before.writing), reading: speedText(texts, before.reading) }),
    );
  }
  lines.push(...trials.map((trial) => triedText(texts, trial)));
  // A failure says itself how it ended.
  if (problem === null) lines.push(tuneEnd(texts, ended));
  if (proposal !== null) {
    lines.push("", ...proposalText(texts, proposal));
    lines.push(say(applied === null ? "tune:terminal.notApplied" : "tune:terminal.applied"));
  }
  return `${lines.join("\n")}\n`;
}

function proposalText(texts: Texts, proposal: TuneProposal): string[] {
  const { say, figures } = texts;
  const { changes, before, after, faster } = proposal;
  return [
    say("tune:terminal.proposed", { changes: changesText(texts, changes) }),
    say("tune:terminal.before", { figures: figuresText(texts, before) }),
    say("tune:terminal.after", { figures: figuresText(texts, after) }),
    say("tune:terminal.reply", {
      read: r1Case.promptTokens,
      written: r1Case.generatedTokens,
      before: figures.seconds(before.replySeconds * 1000),
      after: figures.seconds(after.replySeconds * 1000),
      comparison: figures.faster(faster),
    }),
    outputText(texts, proposal),
  ];
}

function triedText(texts: Texts, trial: TuneTrial): string {
  const { why } = trial;
  if (why !== null && "finding" in why && why.finding.code === "changed") {
    const comparison = texts.figures.faster(why.finding.facts.ratio);
    return texts.say("tune:terminal.triedChange", { setting: changeText(texts, trial), comparison });
  }
  return texts.say("tune:terminal.tried", {
    setting: changeText(texts, trial),
    outcome: texts.say(`tune:outcomes.${trial.outcome}`),
    why: trialText(texts, trial),
  });
}

function figuresText(texts: Texts, { reading, writing }: TuneFigures): string {
  return texts.say("tune:terminal.figures", {
    writing: speedText(texts, writing),
    reading: speedText(texts, reading),
  });
}

/** Returns the median and its middle half: "24.1 tok/s (23.8 to 24.3)". */
function speedText({ say, figures }: Texts, speed: TuneFigures["writing"]): string {
  const [median, low, high] = [speed.median, speed.lowerQuartile, speed.upperQuartile].map((each) =>
    figures.speedFigure(each),
  );
  return say("tune:terminal.speed", { median: median ?? "", low: low ?? "", high: high ?? "" });
}

/** Returns one line of progress, such as "Measuring: 2 threads instead of 4; at most 90 s left". */
export function tuneProgress(texts: Texts, state: TuneState): string {
  const { say } = texts;
  if (state.state !== "queued" && state.state !== "trying") return "";
  const name = tuneStep(texts, state);
  if (state.state === "queued") return name;
  const { secondsLeft: seconds, noise } = state.progress;
  const step = say("tune:terminal.left", { step: name, seconds });
  return noise === null ? step : say("tune:terminal.disturbed", { step, reason: noiseText(texts, noise) });
}
