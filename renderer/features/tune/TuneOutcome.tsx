import type { TuneFigures, TuneProposal, TuneState } from "../../../electron/contract/tune.ts";
import { fasterText, roughly, seconds, speedFigure } from "../../parts/figures.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useTune } from "../../stores/useStores.ts";
import { TrialList } from "./TrialList.tsx";

type Ended = Extract<TuneState, { state: "ended" }>;

/** How the last tuning ended and what it proposes. Null: there was none for this model. */
export function TuneOutcome({ ended, isApplied }: { ended: Ended | null; isApplied: boolean }) {
  const apply = useTune((state) => state.apply);
  return (
    <>
      {/* Always there, so that screen readers notice when words come into it. */}
      <output className="tune-outcome">{ended !== null && ended.problem === null && endedText(ended)}</output>
      {ended?.problem && <ProblemNotice problem={ended.problem} safe="The model’s settings are as they were." />}
      {ended?.proposal && (
        <div className="tune-proposal">
          <h3>{sentence(ended.proposal.changes.map(({ label }) => label).join("; "))}</h3>
          <Comparison proposal={ended.proposal} />
          <p className="hint">{outputText(ended.proposal)}</p>
          {!isApplied && (
            <p className="section-actions">
              <button type="button" className="button primary" onClick={() => void apply(ended.run.id)}>
                Apply
              </button>
            </p>
          )}
        </div>
      )}
      {ended !== null && ended.trials.length > 0 && (
        <details open={ended.proposal === null}>
          <summary>What was tried</summary>
          <TrialList trials={ended.trials} />
        </details>
      )}
    </>
  );
}

function endedText({ outcome, run, proposal, before, left }: Ended): string {
  const found =
    proposal === null
      ? before === null
        ? outcome === "time"
          ? "Nothing was measured: a run with the settings in use takes longer than that. Give it more time."
          : "Nothing was measured."
        : "Nothing faster was found: the settings stay as they are."
      : `Settings were found that are ${fasterText(proposal.faster)}.`;
  if (outcome === "stopped") return `Stopped. ${found}`;
  if (outcome === "time") {
    const limit = roughly(run.minutes * 60);
    return left.length === 0
      ? `The ${limit} are over. ${found}`
      : `${found} ${limit} left no time to try ${left.join(", ")}.`;
  }
  return found;
}

function Comparison({ proposal: { before, after } }: { proposal: TuneProposal }) {
  return (
    <table className="facts-table is-narrow tune-figures">
      <caption className="visually-hidden">Before and after</caption>
      <thead>
        <tr>
          <th scope="col">tok/s, half of the runs</th>
          <th scope="col" className="is-figure">
            Before
          </th>
          <th scope="col" className="is-figure">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        <SpeedRow name="Writing" before={before.writing} after={after.writing} />
        <SpeedRow name="Reading" before={before.reading} after={after.reading} />
        <tr>
          <th scope="row">R1’s usual reply</th>
          <td className="is-figure figure">{seconds(before.replySeconds * 1000)}</td>
          <td className="is-figure figure">{seconds(after.replySeconds * 1000)}</td>
        </tr>
      </tbody>
    </table>
  );
}

type Speed = TuneFigures["writing"];

function SpeedRow({ name, before, after }: { name: string; before: Speed; after: Speed }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {[before, after].map(({ median, lowerQuartile, upperQuartile }, index) => (
        <td key={index === 0 ? "before" : "after"} className="is-figure figure">
          {speedFigure(median)}
          <span className="tune-spread">
            {speedFigure(lowerQuartile)} to {speedFigure(upperQuartile)}
          </span>
        </td>
      ))}
    </tr>
  );
}

function outputText({ lossy, sameOutput, comparedTokens }: TuneProposal): string {
  const same = sameOutput
    ? `The ${comparedTokens} likeliest tokens after a fixed prompt are the same as before.`
    : "After a fixed prompt it writes other text than before.";
  return lossy ? `Lossy: keys and values are kept with less precision. ${same}` : same;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
