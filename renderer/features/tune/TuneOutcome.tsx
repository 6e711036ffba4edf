import type { TuneFigures, TuneProposal } from "../../../electron/contract/tune.ts";
import { changesText } from "../../../electron/texts/tune/changesText.ts";
import { outputText } from "../../../electron/texts/tune/outputText.ts";
import { type EndedTuning, tuneEnd } from "../../../electron/texts/tune/tuneEnd.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useTune } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { TrialList } from "./TrialList.tsx";

/** How the last tuning ended and what it proposes. Null: there was none for this model. */
export function TuneOutcome({ ended, isApplied }: { ended: EndedTuning | null; isApplied: boolean }) {
  const texts = useTexts();
  const { say } = texts;
  const apply = useTune((state) => state.apply);
  return (
    <>
      {/* Always present, so that screen readers announce new text. */}
      <output className="tune-outcome">{ended !== null && ended.problem === null && tuneEnd(texts, ended)}</output>
      {ended?.problem && <ProblemNotice problem={ended.problem} safe={say("tune:outcome.unchanged")} />}
      {ended?.proposal && (
        <div className="tune-proposal">
          <h3>{changesText(texts, ended.proposal.changes)}</h3>
          <Comparison proposal={ended.proposal} />
          <p className="hint">{outputText(texts, ended.proposal)}</p>
          {!isApplied && (
            <p className="section-actions">
              <button type="button" className="button primary" onClick={() => void apply(ended.run.id)}>
                {say("tune:outcome.apply")}
              </button>
            </p>
          )}
        </div>
      )}
      {ended !== null && ended.trials.length > 0 && (
        <details open={ended.proposal === null}>
          <summary>{say("tune:outcome.whatWasTried")}</summary>
          <TrialList trials={ended.trials} />
        </details>
      )}
    </>
  );
}

function Comparison({ proposal: { before, after } }: { proposal: TuneProposal }) {
  const { say, figures } = useTexts();
  return (
    <table className="facts-table is-narrow tune-figures">
      <caption className="visually-hidden">{say("tune:figures.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{say("tune:figures.speed")}</th>
          <th scope="col" className="is-figure">
            {say("tune:figures.before")}
          </th>
          <th scope="col" className="is-figure">
            {say("tune:figures.after")}
          </th>
        </tr>
      </thead>
      <tbody>
        <SpeedRow name={say("tune:figures.writing")} before={before.writing} after={after.writing} />
        <SpeedRow name={say("tune:figures.reading")} before={before.reading} after={after.reading} />
        <tr>
          <th scope="row">{say("tune:figures.usualReply")}</th>
          <td className="is-figure figure">{figures.seconds(before.replySeconds * 1000)}</td>
          <td className="is-figure figure">{figures.seconds(after.replySeconds * 1000)}</td>
        </tr>
      </tbody>
    </table>
  );
}

type Speed = TuneFigures["writing"];

function SpeedRow({ name, before, after }: { name: string; before: Speed; after: Speed }) {
  const { say, figures } = useTexts();
  return (
    <tr>
      <th scope="row">{name}</th>
      {[before, after].map(({ median, lowerQuartile, upperQuartile }, index) => (
        <td key={index === 0 ? "before" : "after"} className="is-figure figure">
          {figures.speedFigure(median)}
          <span className="tune-spread">
            {say("tune:figures.range", {
              low: figures.speedFigure(lowerQuartile),
              high: figures.speedFigure(upperQuartile),
            })}
          </span>
        </td>
      ))}
    </tr>
  );
}
