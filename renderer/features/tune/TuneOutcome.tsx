import type { TuneProposal } from "../../../electron/contract/tune.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { changesText } from "../../../electron/texts/tune/changesText.ts";
import { outputText } from "../../../electron/texts/tune/outputText.ts";
import { type EndedTuning, tuneEnd } from "../../../electron/texts/tune/tuneEnd.ts";
import { FactLine } from "../../parts/FactLine.tsx";
import { Headline } from "../../parts/Headline.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useTune } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { currentSpeeds } from "./currentSpeeds.ts";
import { TrialTable } from "./TrialTable.tsx";

/** How the last tuning ended and what it proposes. Null: there was none for this model. */
export function TuneOutcome({ ended, isApplied }: { ended: EndedTuning | null; isApplied: boolean }) {
  const texts = useTexts();
  const { say } = texts;
  const apply = useTune((state) => state.apply);
  const undo = useTune((state) => state.undo);
  const proposal = ended?.proposal ?? null;
  return (
    <>
      {/* Always present, so that screen readers announce new text. */}
      <output className="bench-outcome">{ended !== null && ended.problem === null && tuneEnd(texts, ended)}</output>
      {ended?.problem && <ProblemNotice problem={ended.problem} safe={say("tune:outcome.unchanged")} />}
      {ended !== null && (
        <section className="bench" aria-label={say("tune:outcome.label")}>
          {proposal === null ? (
            <FactLine facts={[currentSpeeds(texts, ended.before)]} />
          ) : (
            <>
              <Headline figures={gains(texts, proposal)}>
                {/* One element, so that it keeps the focus while its words change. */}
                <button
                  type="button"
                  className={isApplied ? "button" : "button primary"}
                  onClick={() => void (isApplied ? undo(ended.run.modelId) : apply(ended.run.id))}
                >
                  {isApplied ? say("tune:applied.undo") : say("tune:outcome.apply", { count: proposal.changes.length })}
                </button>
              </Headline>
              <p className="tune-changes">{changesText(texts, proposal.changes)}</p>
              <FactLine facts={comparison(texts, proposal)} />
              <FactLine facts={[outputText(texts, proposal)]} />
            </>
          )}
          <TrialTable trials={ended.trials} />
        </section>
      )}
    </>
  );
}

function gains({ say, figures }: Texts, { before, after }: TuneProposal) {
  return (["writing", "reading"] as const).map((part) => ({
    value: figures.change(after[part].median / before[part].median),
    unit: say(`tune:headline.${part}`),
  }));
}

function comparison({ say, figures }: Texts, { before, after }: TuneProposal): string[] {
  const change = (what: string, was: string, is: string): string =>
    say("tune:headline.change", { what, before: was, after: is });
  return [
    ...(["writing", "reading"] as const).map((part) =>
      change(say(`tune:headline.${part}`), figures.speedFigure(before[part].median), figures.speed(after[part].median)),
    ),
    change(
      say("tune:figures.usualReply"),
      figures.seconds(before.replySeconds * 1000),
      figures.seconds(after.replySeconds * 1000),
    ),
  ];
}
