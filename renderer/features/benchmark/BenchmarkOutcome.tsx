import type { BenchmarkState } from "../../../electron/contract/benchmark.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useTexts } from "../../texts.ts";

export type Ended = Extract<BenchmarkState, { state: "ended" }>;

/** How the last benchmark ended, what was kept of it, and what to do next. Null: it is running, or there was none. */
export function BenchmarkOutcome({ ended }: { ended: Ended | null }) {
  const texts = useTexts();
  return (
    <>
      {/* Always present, so that screen readers announce new text. */}
      <output className="bench-outcome">{ended !== null && ended.problem === null && endedText(texts, ended)}</output>
      {ended !== null && ended.problem !== null && <Failure ended={ended} />}
    </>
  );
}

function Failure({ ended }: { ended: Ended }) {
  const texts = useTexts();
  const { say } = texts;
  const { outcome, problem } = ended;
  if (problem === null) return null;
  switch (outcome) {
    case "complete":
    case "stopped":
      return (
        <ProblemNotice
          problem={problem}
          safe={say("benchmark:ended.notInHistory")}
          next={say("benchmark:ended.exportNow")}
        />
      );
    case "engine-died":
      return <ProblemNotice problem={problem} safe={keptText(texts, ended)} next={say("benchmark:ended.afterCrash")} />;
    case "failed":
      return <ProblemNotice problem={problem} safe={keptText(texts, ended)} />;
  }
}

function endedText(texts: Texts, ended: Ended): string {
  const { say, figures } = texts;
  const { outcome, result, run } = ended;
  if (outcome === "stopped") return say("benchmark:ended.stopped", { kept: keptText(texts, ended) });
  if (result === null) return say("benchmark:ended.done");
  return say("benchmark:ended.doneIn", { time: figures.roughly((result.endedAt - run.startedAt) / 1000) });
}

function keptText({ say }: Texts, { result }: Ended): string {
  if (result === null) return say("benchmark:ended.nothing");
  return say("benchmark:ended.kept", { count: result.tests.length });
}
